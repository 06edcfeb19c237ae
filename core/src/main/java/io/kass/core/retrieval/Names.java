package io.kass.core.retrieval;

import io.kass.ports.index.Legs.QueryTerm;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names in a question, as English writes them: with a capital letter, not at the beginning. */
final class Names {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** So much of an analysed word is sure to be the beginning of the word that was written. */
  private static final int STEM = 4;

  private Names() {}

  /**
   * Whether the question names something that stands in no chunk: documents about PostgreSQL have
   * its name.
   *
   * @param terms the words of the question as the index analysed them
   */
  static boolean strange(String question, List<QueryTerm> terms) {
    String[] words = BETWEEN_WORDS.split(question.strip(), -1);
    for (int i = 1; i < words.length; i++) {
      if (!words[i].isEmpty() && Character.isUpperCase(words[i].codePointAt(0))) {
        String name = words[i].toLowerCase(Locale.ROOT);
        if (terms.stream().anyMatch(term -> term.documentFrequency() == 0 && begins(name, term))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean begins(String name, QueryTerm term) {
    return name.startsWith(term.text().substring(0, Math.min(STEM, term.text().length())));
  }
}
