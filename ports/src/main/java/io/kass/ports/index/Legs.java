package io.kass.ports.index;

import java.util.List;

/**
 * What a search found, one list a leg, each best first, without duplicate keys; a leg that was not
 * asked for, or cannot be searched, is empty.
 *
 * @param vector the nearest chunks
 * @param keyword the best matching chunks
 * @param terms the words of the query as the store's analysis sees them, in the query's order, each
 *     once, with their weight in this index; {@link Hit#terms} tells which of them a hit contains.
 *     Empty where no text was given, or the store does not tell
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
   * A word of the query. Words too common to tell anything (stop words) are left out where the
   * store's analysis does so.
   *
   * @param text the word as analysed (lower case, stemmed)
   * @param idf its inverse document frequency, ln(1 + (N − n + 0.5) / (n + 0.5)), N being the
   *     number of chunks in the index; largest for a word that no chunk contains
   * @param documentFrequency the number n of chunks whose text contains it, audience and filter
   *     apart; an index that is being changed may count chunks that were replaced lately, and one
   *     that keeps headings apart takes their number where it is larger
   */
  public record QueryTerm(String text, double idf, long documentFrequency) {
    /** A word that n of the index's chunks contain. */
    public static QueryTerm of(String text, long documentFrequency, long chunks) {
      long total = Math.max(chunks, documentFrequency);
      double idf = Math.log(1 + (total - documentFrequency + 0.5) / (documentFrequency + 0.5));
      return new QueryTerm(text, idf, documentFrequency);
    }
  }
}
