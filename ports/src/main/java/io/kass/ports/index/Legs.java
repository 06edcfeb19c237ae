package io.kass.ports.index;

import java.util.List;

/**
 * What a search found, one list a leg, each best first, without duplicate keys; a leg that was not
 * asked for, or cannot be searched, is empty.
 *
 * @param vector the nearest chunks
 * @param keyword the best matching chunks
 * @param terms the words of the query as the store's analysis sees them, each once, with their
 *     weight in this index; empty where the store does not tell
 */
public record Legs(List<Hit> vector, List<Hit> keyword, List<QueryTerm> terms) {
  /** Nothing. */
  public static final Legs EMPTY = new Legs(List.of(), List.of(), List.of());

  public Legs {
    vector = List.copyOf(vector);
    keyword = List.copyOf(keyword);
    terms = List.copyOf(terms);
  }

  /**
   * A word of the query.
   *
   * @param text the word as analysed
   * @param idf its inverse document frequency, ln(1 + (N − n + 0.5) / (n + 0.5)) over the chunks of
   *     this language
   * @param documentFrequency the number n of chunks that contain it
   */
  public record QueryTerm(String text, double idf, long documentFrequency) {}
}
