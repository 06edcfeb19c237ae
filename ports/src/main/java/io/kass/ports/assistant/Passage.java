package io.kass.ports.assistant;

import io.kass.ports.index.StoredChunk;

/**
 * A retrieved chunk.
 *
 * @param chunk the chunk
 * @param score its fused relevance, comparable within one search only; higher is better
 */
public record Passage(StoredChunk chunk, double score) {}
