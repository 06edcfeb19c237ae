package io.kass.core.retrieval;

import java.lang.Character.UnicodeScript;

/**
 * Words that are the name of one thing, like {@code ERR-4021}, {@code max_size} or {@code
 * app.timeout}: letters with a digit or a joint inside.
 */
final class Identifier {
  private Identifier() {}

  /** Whether one stands in the text; takes time in proportion to its length. */
  static boolean isIn(String text) {
    int begin = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean part = i < text.length() && isPart(text.charAt(i));
      if (part && begin < 0) {
        begin = i;
      } else if (!part && begin >= 0) {
        if (isOne(text, begin, i)) {
          return true;
        }
        begin = -1;
      }
    }
    return false;
  }

  /** Scripts that are written without spaces go on where an identifier ends. */
  private static boolean isPart(char c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return false;
    }
    return c < 0x2E80
        || switch (UnicodeScript.of(c)) {
          case HAN, HIRAGANA, KATAKANA -> false;
          default -> c != '、' && c != '。' && c != '「' && c != '」' && c != 'ー';
        };
  }

  private static boolean isOne(String text, int from, int to) {
    int begin = from;
    int end = to;
    while (begin < end && !Character.isLetterOrDigit(text.charAt(begin))) {
      begin++;
    }
    while (end > begin && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    boolean letter = false;
    boolean sign = false;
    for (int i = begin; i < end; i++) {
      char c = text.charAt(i);
      letter |= Character.isLetter(c);
      sign |= i > begin && i < end - 1 && (Character.isDigit(c) || "_./:-".indexOf(c) >= 0);
    }
    return letter && sign;
  }
}
