package io.kass.ports.assistant;

import io.kass.ports.chat.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an answer came about.
 *
 * @param retrieval time for embedding the question and searching
 * @param generation time in the model
 * @param total time for the whole turn
 * @param searched what was searched for: the question made to stand alone; empty when nothing was
 * @param retrieved the passages shown to the model or quoted from, best first
 * @param usage tokens of all model calls
 * @param cost what they cost, in the currency of the price list; null where that is not known, 0
 *     only where no model was asked
 * @param iterations model calls, other than for making the question stand alone
 * @param tools the tools that the model asked for, in the order of their ends
 * @param markersRemoved citation markers that named nothing that was retrieved
 * @param linksRemoved links, images and elements of HTML that were made harmless
 */
public record Trace(
    Duration retrieval,
    Duration generation,
    Duration total,
    String searched,
    List<Passage> retrieved,
    TokenUsage usage,
    @Nullable BigDecimal cost,
    int iterations,
    List<ToolRun> tools,
    int markersRemoved,
    int linksRemoved) {
  /** Nothing came about yet. */
  public static final Trace NONE =
      new Trace(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          "",
          List.of(),
          TokenUsage.NONE,
          BigDecimal.ZERO,
          0,
          List.of(),
          0,
          0);

  public Trace {
    retrieved = List.copyOf(retrieved);
    tools = List.copyOf(tools);
  }
}
