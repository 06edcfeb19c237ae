package io.kass.core.evaluation;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Compares an expected answer with a text that should contain it, without regard to what does not
 * change its meaning: case, punctuation, the width of letters and digits, and white space.
 */
public final class AnswerText {
  private AnswerText() {}

  /**
   * Whether the text contains the answer, in whole words and numbers: {@code 15 days} does not
   * contain {@code 5 days}. Never when the answer has no letter and no digit.
   */
  public static boolean contains(String text, String answer) {
    String wanted = normalised(answer);
    if (wanted.isEmpty()) {
      return false;
    }
    String all = normalised(text);
    for (int at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
      if (isBoundary(all, at) && isBoundary(all, at + wanted.length())) {
        return true;
      }
    }
    return false;
  }

  /** Whether no word and no number goes on over this place of a normalised text. */
  private static boolean isBoundary(String text, int at) {
    if (at == 0 || at == text.length()) {
      return true;
    }
    int before = text.codePointBefore(at);
    int after = text.codePointAt(at);
    return isNumeric(before)
        ? !isNumeric(after)
        : !isSpacedLetter(before) || !isSpacedLetter(after);
  }

  private static boolean isNumeric(int c) {
    return Character.isDigit(c) || c == '.';
  }

  private static boolean isSpacedLetter(int c) {
    return Character.isLetter(c) && !unspaced(c);
  }

  /**
   * The letters, digits, marks and symbols of the text, in compatibility form and lower case. White
   * space and punctuation between two words become one space, and nothing at all between ideographs
   * or kana, which are written without spaces. Within a number a point stays, and commas go.
   */
  static String normalised(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var out = new StringBuilder(folded.length());
    boolean gap = false;
    int before = ' ';
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      if (isInNumber(folded, i)) {
        if (c == '.') {
          out.append('.');
        }
        i++;
        continue;
      }
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

  /** A point between digits, or a comma before three of them. */
  private static boolean isInNumber(String text, int at) {
    char c = text.charAt(at);
    if ((c != '.' && c != ',') || !isDigit(text, at - 1) || !isDigit(text, at + 1)) {
      return false;
    }
    return c == '.' || (isDigit(text, at + 2) && isDigit(text, at + 3) && !isDigit(text, at + 4));
  }

  private static boolean isDigit(String text, int at) {
    return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
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
