package io.kass.ports.assistant;

import io.kass.ports.chat.TokenUsage;
import java.time.Duration;
import java.util.List;

/**
 * How an answer came about.
 *
 * @param retrieval time for embedding the question and searching
 * @param generation time in the model
 * @param total time for the whole turn
 * @param retrieved the passages shown to the model or quoted from, best first
 * @param usage tokens of all model calls
 * @param iterations model calls
 * @param markersRemoved citation markers that named nothing that was retrieved
 */
public record Trace(
    Duration retrieval,
    Duration generation,
    Duration total,
    List<Passage> retrieved,
    TokenUsage usage,
    int iterations,
    int markersRemoved) {
  public Trace {
    retrieved = List.copyOf(retrieved);
  }
}
