package io.kass.core.retrieval;

import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Legs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a search found anything about the question.
 *
 * @param score the probability that it did, from 0 to 1
 * @param relevant whether that is enough to answer
 */
public record Relevance(double score, boolean relevant) {
  static Relevance of(Legs legs, @Nullable Vector query, List<Passage> passages) {
    return passages.isEmpty() ? new Relevance(0, false) : new Relevance(1, true);
  }
}
