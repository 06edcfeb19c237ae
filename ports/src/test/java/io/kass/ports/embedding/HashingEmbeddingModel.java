package io.kass.ports.embedding;

import io.kass.ports.CallScope;
import io.kass.ports.Language;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An embedding model without a model: each word adds to a few places of the vector, chosen by its
 * hash. Texts that share words are near, others are not. Knows nothing of meaning or word order,
 * treats queries and passages alike, and always gives the same vectors.
 */
public final class HashingEmbeddingModel implements EmbeddingModel {
  /** Words beyond these are cut. */
  public static final int MAX_WORDS = 512;

  private static final int PLACES_PER_WORD = 3;
  private static final Pattern WORD =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|[\\p{L}\\p{N}]+");

  private final EmbeddingInfo info;
  private final List<String> embedded = Collections.synchronizedList(new ArrayList<>());

  private HashingEmbeddingModel(int dimension, Set<Language> languages) {
    this.info = new EmbeddingInfo("hashing-" + dimension, dimension, MAX_WORDS, languages);
  }

  /** A model of this dimension, equally good at every language. */
  public static HashingEmbeddingModel ofDimension(int dimension) {
    return new HashingEmbeddingModel(dimension, Set.of());
  }

  /** A model that says it is good at these languages only. */
  public static HashingEmbeddingModel ofDimension(int dimension, Set<Language> languages) {
    return new HashingEmbeddingModel(dimension, languages);
  }

  /** Every text that it was given and embedded, oldest first. */
  public List<String> embedded() {
    synchronized (embedded) {
      return List.copyOf(embedded);
    }
  }

  @Override
  public EmbeddingInfo info() {
    return info;
  }

  @Override
  public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
    EmbeddingModel.refuseBlank(texts);
    var vectors = new ArrayList<Vector>(texts.size());
    for (String text : texts) {
      scope.check(InstantSource.system());
      vectors.add(vector(text));
      embedded.add(text);
    }
    return vectors;
  }

  private Vector vector(String text) {
    float[] values = new float[info.dimension()];
    List<String> words =
        WORD.matcher(text.toLowerCase(Locale.ROOT))
            .results()
            .limit(MAX_WORDS)
            .map(MatchResult::group)
            .toList();
    (words.isEmpty() ? List.of(text) : words).forEach(word -> add(word, values));
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(sum));
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return Vector.adopt(values);
  }

  private static void add(String word, float[] values) {
    long hash = word.hashCode();
    for (int i = 0; i < PLACES_PER_WORD; i++) {
      hash = mix(hash + i);
      values[(int) Long.remainderUnsigned(hash, values.length)] += 1;
    }
  }

  /** SplitMix64's finaliser: spreads near hashes apart. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
