package io.kass.ports.index;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * A chunk that a leg found.
 *
 * @param chunk the chunk, without its vector
 * @param score the leg's own score, higher is better: cosine for vectors (−1 to 1, whatever the
 *     store's metric), the store's relevance for keywords (BM25, not bounded)
 * @param terms which of the query's words the chunk contains, in its text, its headings or its
 *     document's file name: positions in {@link Legs#terms}, counted from 0; for hits of either
 *     leg. Empty where the store does not tell, which {@link Legs#terms} being empty shows
 * @param distance how far the store itself says the vector is, by its own metric, lower is nearer;
 *     empty where it does not say
 */
public record Hit(StoredChunk chunk, double score, Set<Integer> terms, OptionalDouble distance) {
  public Hit {
    terms = Set.copyOf(terms);
  }

  /** A hit of a store that tells no distances. */
  public Hit(StoredChunk chunk, double score, Set<Integer> terms) {
    this(chunk, score, terms, OptionalDouble.empty());
  }

  /** A hit of a store, or of a search, that does not tell words. */
  public static Hit of(StoredChunk chunk, double score) {
    return new Hit(chunk, score, Set.of());
  }
}
