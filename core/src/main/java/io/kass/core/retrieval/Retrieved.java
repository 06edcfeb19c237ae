package io.kass.core.retrieval;

import io.kass.ports.Language;
import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Legs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search brought.
 *
 * @param passages the best chunks, best first
 * @param relevance whether they are about the question at all
 * @param language the language of the question
 * @param query the question's vector, or null where the vector leg was not searched
 * @param terms the words of the question as the index sees them
 */
public record Retrieved(
    List<Passage> passages,
    Relevance relevance,
    Language language,
    @Nullable Vector query,
    List<Legs.QueryTerm> terms) {
  public Retrieved {
    passages = List.copyOf(passages);
    terms = List.copyOf(terms);
  }

  /** The same, with no more passages than this. */
  public Retrieved first(int limit) {
    return new Retrieved(
        passages.subList(0, Math.min(limit, passages.size())), relevance, language, query, terms);
  }
}
