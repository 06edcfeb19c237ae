package io.kass.core.retrieval;

import io.kass.core.language.FunctionWords;
import io.kass.ports.Language;
import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Legs.QueryTerm;
import io.kass.ports.index.Sentence;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a search found anything about the question. What is weighed: how near the nearest chunk
 * and its sentences are, which share of the question's words (by their rarity) the best chunks
 * hold, and whether nearness and words point at the same chunk. The best of many chunks is near by
 * chance, so a large index has to show more; and in a collection that is about few things all is
 * near to whatever is asked of its trade, so there the words have to tell. The constants are
 * measured; see docs/decisions/0022-retrieval.md.
 *
 * @param score how sure it is that something was found, from 0 to 1
 * @param relevant whether that is enough to answer: 0.5 or more
 */
public record Relevance(double score, boolean relevant) {
  /** Nothing was found. */
  static final Relevance NONE = new Relevance(0, false);

  /**
   * The store does not tell words, and what the model's cosines mean was not measured: there is
   * nothing to judge by, so whatever was found is shown.
   */
  static final Relevance UNKNOWN = new Relevance(0.5, true);

  /** How many of the best chunks may hold the question's words. */
  private static final int BEST = 5;

  /**
   * Collections of one trade are no more crowded than this. Sentences that are nearer to one
   * another still were made from one template, as logs and forms are; that says nothing of a trade.
   */
  private static final double MOST_CROWDED = 6;

  /** The chunk with the best words confirms the vectors when it is among so many of the nearest. */
  private static final int NEAREST = 3;

  /**
   * Judges a search.
   *
   * @param question the user's words
   * @param language the language they are in
   * @param query what the vector leg was searched with, or null when it was not
   * @param model the embedding model of the vector leg
   * @param legs what the index found
   * @param passages the same, fused, best first
   * @param chunks how many chunks the index holds
   */
  static Relevance of(
      String question,
      Language language,
      @Nullable Vector query,
      String model,
      Legs legs,
      List<Passage> passages,
      long chunks) {
    if (passages.isEmpty()) {
      return NONE;
    }
    double cover = legs.terms().isEmpty() ? cover(question, passages) : cover(legs, passages);
    if (cover > 0.999 && Identifier.isIn(question)) {
      return new Relevance(1, true);
    }
    double size = Math.log(Math.clamp(chunks, 10, 10_000));
    CosineScale scale = CosineScale.of(model);
    if (legs.vector().isEmpty() || scale == null) {
      if (legs.terms().isEmpty()) {
        return UNKNOWN;
      }
      return language.equals(Language.JAPANESE)
          ? judged(inJapanese(question, cover, missing(legs.terms()), passages) - size)
          : judged(12 * (cover - 0.06 - 0.05 * size));
    }
    Map<ChunkKey, Double> nearness = Fusion.nearness(legs.vector(), query);
    double nearest = Collections.max(nearness.values());
    double confirmed = confirmed(legs, nearness) ? 1 : 0;
    double crowd = 100 * (closeness(legs) - scale.crowded());
    crowd = Math.clamp(Math.min(crowd, 2 * MOST_CROWDED - crowd), 0, MOST_CROWDED);
    return judged(
        scale.slope() * nearest
            + 4 * cover
            + confirmed
            + crowd * (1.5 * cover - 2)
            - 0.9 * size
            - scale.offset());
  }

  /** The mean cosine between the sentences of the nearest chunks; 0 where none are known. */
  private static double closeness(Legs legs) {
    List<Vector> sentences =
        legs.vector().stream()
            .flatMap(hit -> hit.chunk().sentences().stream())
            .map(Sentence::vector)
            .filter(Objects::nonNull)
            .toList();
    int count = sentences.size();
    if (count < 2) {
      return 0;
    }
    // The square of a sum holds each pair twice, and each vector with itself.
    double[] sum = new double[sentences.getFirst().dimension()];
    double alone = 0;
    for (Vector sentence : sentences) {
      for (int i = 0; i < sum.length; i++) {
        float value = sentence.get(i);
        sum[i] += value;
        alone += (double) value * value;
      }
    }
    double square = 0;
    for (double value : sum) {
      square += value * value;
    }
    return (square - alone) / ((double) count * (count - 1));
  }

  /** Whether the chunk with the best words is one of the nearest. */
  private static boolean confirmed(Legs legs, Map<ChunkKey, Double> nearness) {
    if (legs.keyword().isEmpty()) {
      return false;
    }
    Double own = nearness.get(legs.keyword().getFirst().chunk().key());
    return own != null && nearness.values().stream().filter(near -> near > own).count() < NEAREST;
  }

  /** Words and what they are written with: a paraphrase often has other words of the same signs. */
  private static double inJapanese(
      String question, double cover, double missing, List<Passage> passages) {
    Set<String> signs = Signs.of(question);
    double written =
        signs.isEmpty()
            ? cover
            : passages.stream()
                .limit(BEST)
                .map(passage -> passage.chunk().chunk())
                .mapToDouble(chunk ->
                    Signs.share(
                        signs, String.join(" ", chunk.place().headings()) + ' ' + chunk.passage()))
                .max()
                .orElse(0);
    return 4 * cover + 8 * written - 4 * missing - 0.3;
  }

  /** The share of the question's content that stands in no chunk. */
  private static double missing(List<QueryTerm> terms) {
    var nowhere = new BitSet();
    for (int i = 0; i < terms.size(); i++) {
      nowhere.set(i, terms.get(i).documentFrequency() == 0);
    }
    return share(terms, nowhere);
  }

  private static Relevance judged(double evidence) {
    return new Relevance(1 / (1 + Math.exp(-evidence)), evidence >= 0);
  }

  /** The greatest share of the question's content that one of the best chunks holds. */
  private static double cover(Legs legs, List<Passage> passages) {
    Map<ChunkKey, BitSet> held = new HashMap<>();
    Stream.concat(legs.vector().stream(), legs.keyword().stream())
        .forEach(hit ->
            hit.terms()
                .forEach(term ->
                    held.computeIfAbsent(hit.chunk().key(), key -> new BitSet()).set(term)));
    return passages.stream()
        .limit(BEST)
        .mapToDouble(
            passage -> share(legs.terms(), held.getOrDefault(passage.chunk().key(), new BitSet())))
        .max()
        .orElse(0);
  }

  /** The same where the store tells no words: all of them count as much. */
  private static double cover(String question, List<Passage> passages) {
    List<QueryTerm> words =
        Pattern.compile("[^\\p{L}\\p{N}]+")
            .splitAsStream(FunctionWords.dropped(question).toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .distinct()
            .map(word -> new QueryTerm(word, 1, 1))
            .toList();
    var match = new WordMatch(words);
    return passages.stream()
        .limit(BEST)
        .map(passage -> passage.chunk().chunk().passage())
        .mapToDouble(text -> share(words, match.in(text)))
        .max()
        .orElse(0);
  }

  private static double share(List<QueryTerm> terms, BitSet held) {
    double all = 0;
    double found = 0;
    for (int i = 0; i < terms.size(); i++) {
      if (FunctionWords.isContent(terms.get(i).text())) {
        all += terms.get(i).idf();
        found += held.get(i) ? terms.get(i).idf() : 0;
      }
    }
    return all > 0 ? found / all : 0;
  }
}
