package io.kass.core.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer is known.
 *
 * @param text the question
 * @param relevant ids of the documents that answer it, or ends of their paths; empty when none does
 * @param answer words that every good answer contains, or null where they are not known
 * @param kind what kind of question it is, to be counted apart; empty where they are all the same
 */
public record JudgedQuestion(
    String text, List<String> relevant, @Nullable String answer, String kind) {
  public JudgedQuestion {
    relevant = List.copyOf(relevant);
  }

  /** Whether the documents answer it. */
  public boolean answerable() {
    return !relevant.isEmpty();
  }
}
