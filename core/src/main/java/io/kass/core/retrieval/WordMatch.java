package io.kass.core.retrieval;

import io.kass.ports.index.Legs.QueryTerm;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Finds the words of a question in a text, in memory and without the index's analysers. Words are
 * stems as the index made them: in alphabetic scripts they match the beginning of a word, elsewhere
 * any part of the text. Immutable.
 */
public final class WordMatch {
  private final List<String> words;
  private final double[] weights;
  private final double total;

  /**
   * @param terms the words of the question with their weights
   */
  public WordMatch(List<QueryTerm> terms) {
    this.words = terms.stream().map(term -> normal(term.text())).toList();
    this.weights = terms.stream().mapToDouble(QueryTerm::idf).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    this.total = sum;
  }

  /** Which of the words stand in the text, by their position in the list. */
  public BitSet in(String text) {
    String normal = normal(text);
    var found = new BitSet(words.size());
    for (int i = 0; i < words.size(); i++) {
      if (contains(normal, words.get(i))) {
        found.set(i);
      }
    }
    return found;
  }

  /** The share of the question's weight that these words have, from 0 to 1; 0 for no question. */
  public double share(BitSet found) {
    double sum = 0;
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      sum += weights[i];
    }
    return total > 0 ? sum / total : 0;
  }

  private static boolean contains(String text, String word) {
    String stem = stem(word);
    boolean alphabetic =
        Character.UnicodeScript.of(stem.codePointAt(0)) != null && isAlphabetic(stem);
    for (int at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, at + 1)) {
      if (!alphabetic || at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at))) {
        return true;
      }
    }
    return false;
  }

  /** Stemmers write a final y as i ("polici"); the word in the text may have either. */
  private static String stem(String word) {
    return word.length() > 3 && word.endsWith("i") ? word.substring(0, word.length() - 1) : word;
  }

  private static boolean isAlphabetic(String word) {
    return switch (Character.UnicodeScript.of(word.codePointAt(0))) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> false;
      default -> true;
    };
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
