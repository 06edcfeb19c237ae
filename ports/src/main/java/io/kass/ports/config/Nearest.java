package io.kass.ports.config;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;

/** Guesses which word was meant, for messages about one that is not known. */
public final class Nearest {
  private Nearest() {}

  /**
   * The word that takes the fewest insertions, deletions and replacements of a letter; the first of
   * equals.
   *
   * @param words at least one
   */
  public static String of(String text, Collection<String> words) {
    return Collections.min(words, Comparator.comparingInt(word -> distance(text, word)));
  }

  /** Whether a text may be that word mistyped: at most every third letter of it is wrong. */
  public static boolean isTypo(String text, String word) {
    return distance(text, word) * 3 <= Math.max(text.length(), word.length());
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
