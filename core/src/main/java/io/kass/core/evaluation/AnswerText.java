package io.kass.core.evaluation;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Compares an expected answer with a text that should contain it, without regard to what does not
 * change its meaning: case, punctuation, the width of letters and digits, and white space.
 */
public final class AnswerText {
  private AnswerText() {}

  /** Whether the text contains the answer; never when the answer has no letter and no digit. */
  public static boolean contains(String text, String answer) {
    String wanted = normalised(answer);
    return !wanted.isEmpty() && normalised(text).contains(wanted);
  }

  /**
   * The letters, digits, marks and symbols of the text, in compatibility form and lower case. White
   * space and punctuation between two words become one space, and nothing at all between ideographs
   * or kana, which are written without spaces.
   */
  static String normalised(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var out = new StringBuilder(folded.length());
    boolean gap = false;
    int before = ' ';
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      i += Character.charCount(c);
      if (!counts(c)) {
        gap = true;
        continue;
      }
      if (gap && !out.isEmpty() && !unspaced(before) && !unspaced(c)) {
        out.append(' ');
      }
      out.appendCodePoint(c);
      before = c;
      gap = false;
    }
    return out.toString();
  }

  private static boolean counts(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.OTHER_SYMBOL ->
          true;
      default -> false;
    };
  }

  private static boolean unspaced(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
      default -> c == 'ー';
    };
  }
}
