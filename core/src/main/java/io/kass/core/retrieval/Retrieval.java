package io.kass.core.retrieval;

import io.kass.core.language.FunctionWords;
import io.kass.core.language.Languages;
import io.kass.ports.CallScope;
import io.kass.ports.Language;
import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Legs;
import io.kass.ports.index.SearchMode;
import java.util.List;
import java.util.Set;

/**
 * Finds the passages for a question. Thread-safe. The vector leg is left out where the embedding
 * model does not speak the question's language: it would only push good matches down.
 */
public final class Retrieval {
  /** How many hits each leg brings, at least; fusion and relevance were measured with it. */
  static final int LEG = 100;

  private final ChunkIndex index;
  private final EmbeddingModel embeddings;

  public Retrieval(ChunkIndex index, EmbeddingModel embeddings) {
    this.index = index;
    this.embeddings = embeddings;
  }

  /**
   * Searches on the caller's behalf.
   *
   * @param text the question; not blank
   * @param filter which chunks count
   * @param limit how many passages are wanted, at least 1
   * @param modes which legs may be searched, at least one
   * @throws InvalidRequest when the text is blank, or nothing may be searched
   */
  public Retrieved search(
      CallScope scope, String text, Filter filter, int limit, Set<SearchMode> modes) {
    if (text.isBlank()) {
      throw new InvalidRequest("There is nothing to search for.");
    }
    Language language = Languages.ofQuestion(text);
    boolean byVector =
        modes.contains(SearchMode.VECTOR) && Languages.embeddable(language, embeddings.info());
    boolean byWords = modes.contains(SearchMode.KEYWORD) || !byVector;
    Vector query =
        byVector ? embeddings.embed(scope, Purpose.QUERY, List.of(text)).getFirst() : null;
    Legs legs =
        index.search(
            scope,
            ChunkQuery.forCaller(
                    scope.caller(),
                    byWords ? words(text, language) : null,
                    language,
                    query,
                    Math.max(LEG, limit),
                    filter)
                .withSentences());
    List<Passage> passages = Fusion.fuse(legs, query);
    return new Retrieved(
        passages.subList(0, Math.min(limit, passages.size())),
        Relevance.of(
            text,
            language,
            query,
            embeddings.info().id(),
            legs,
            passages,
            index.description().chunks()),
        language,
        query,
        legs.terms());
  }

  /** Function words of other languages are left to the index's analysis. */
  private static String words(String text, Language language) {
    return language.equals(Language.ENGLISH) || language.equals(Language.UNDETERMINED)
        ? FunctionWords.dropped(text)
        : text;
  }
}
