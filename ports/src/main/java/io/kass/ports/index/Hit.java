package io.kass.ports.index;

/**
 * A chunk that a leg found.
 *
 * @param chunk the chunk, without its vector
 * @param score the leg's own score, higher is better: cosine for vectors (−1 to 1, whatever the
 *     store's metric), the store's relevance for keywords (BM25, not bounded)
 */
public record Hit(StoredChunk chunk, double score) {}
