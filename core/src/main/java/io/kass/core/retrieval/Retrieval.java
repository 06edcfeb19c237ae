package io.kass.core.retrieval;

import io.kass.core.chunking.Sentences;
import io.kass.core.language.FunctionWords;
import io.kass.core.language.Languages;
import io.kass.ports.CallScope;
import io.kass.ports.Language;
import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.IndexDescription;
import io.kass.ports.index.Legs;
import io.kass.ports.index.SearchMode;
import io.kass.ports.index.Sentence;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the passages for a question. Thread-safe. The vector leg is left out where the embedding
 * model does not speak the question's language: it would only push good matches down. An index that
 * has but one leg is searched by that one.
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
   * @throws InvalidRequest when the text is blank, or nothing may be searched that can be
   */
  public Retrieved search(
      CallScope scope, String text, Filter filter, int limit, Set<SearchMode> modes) {
    if (text.isBlank()) {
      throw new InvalidRequest("There is nothing to search for.");
    }
    IndexDescription described = index.description();
    Set<SearchMode> possible = described.modes();
    if (modes.stream().noneMatch(possible::contains)) {
      throw new InvalidRequest(
          "This index is searched by its vectors alone: it knows no keywords.");
    }
    Language language = Languages.ofQuestion(text);
    boolean byVector =
        modes.contains(SearchMode.VECTOR)
            && possible.contains(SearchMode.VECTOR)
            && (Languages.embeddable(language, embeddings.info())
                || !possible.contains(SearchMode.KEYWORD));
    boolean byWords =
        possible.contains(SearchMode.KEYWORD) && (modes.contains(SearchMode.KEYWORD) || !byVector);
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
            text, language, query, embeddings.info().id(), legs, passages, described.chunks()),
        language,
        query,
        legs.terms());
  }

  /**
   * The same with sentences in its best passages, which is what quotes are made of: for an index
   * that keeps none. They are embedded in one go where the search was by vectors.
   *
   * @param most how many of the passages may be quoted
   */
  public Retrieved withSentences(CallScope scope, Retrieved retrieved, int most) {
    List<Passage> best =
        retrieved.passages().subList(0, Math.min(most, retrieved.passages().size()));
    if (!retrieved.relevance().relevant()
        || best.stream().anyMatch(passage -> !passage.chunk().sentences().isEmpty())) {
      return retrieved;
    }
    var spans = new LinkedHashMap<ChunkKey, List<Sentences.Span>>();
    var texts = new LinkedHashSet<String>();
    for (Passage passage : best) {
      Chunk chunk = passage.chunk().chunk();
      List<Sentences.Span> found = Sentences.split(chunk.passage());
      spans.put(chunk.key(), found);
      found.forEach(span -> texts.add(span.of(chunk.passage())));
    }
    var vectors = new HashMap<String, Vector>();
    if (retrieved.query() != null && !texts.isEmpty()) {
      Iterator<Vector> next =
          embeddings.embed(scope, Purpose.PASSAGE, List.copyOf(texts)).iterator();
      texts.forEach(text -> vectors.put(text, next.next()));
    }
    var passages = new ArrayList<Passage>(retrieved.passages());
    for (int i = 0; i < best.size(); i++) {
      StoredChunk stored = best.get(i).chunk();
      String text = stored.chunk().passage();
      List<Sentence> sentences =
          spans.getOrDefault(stored.key(), List.of()).stream()
              .map(span -> new Sentence(span.begin(), span.end(), vectors.get(span.of(text))))
              .toList();
      passages.set(
          i,
          new Passage(
              new StoredChunk(stored.chunk(), stored.vector(), sentences), best.get(i).score()));
    }
    return new Retrieved(
        passages,
        retrieved.relevance(),
        retrieved.language(),
        retrieved.query(),
        retrieved.terms());
  }

  /** How the index can be searched. */
  public Set<SearchMode> modes() {
    return index.description().modes();
  }

  /** Function words of other languages are left to the index's analysis. */
  private static String words(String text, Language language) {
    return language.equals(Language.ENGLISH) || language.equals(Language.UNDETERMINED)
        ? FunctionWords.dropped(text)
        : text;
  }
}
