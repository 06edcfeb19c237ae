package io.kass.core.chunking;

/** What single characters are to a chunker. */
final class Characters {
  private static final long ASCII_BLANKS =
      1L << '\t' | 1L << '\n' | 1L << 0x0B | 1L << '\f' | 1L << '\r' | 0xFL << 0x1C | 1L << ' ';

  private Characters() {}

  /** White space, the kinds that do not break a line included. */
  static boolean isBlank(char c) {
    if (c <= ' ') {
      return (ASCII_BLANKS >>> c & 1) != 0;
    }
    if (c < 0x85) {
      return false;
    }
    return c == 0x85 || c == 0xA0 || (c >= 0x1680 && isRareBlank(c));
  }

  private static boolean isRareBlank(char c) {
    return c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** The first index at or after {@code from} that is not blank, or {@code end}. */
  static int skipBlanks(String text, int from, int end) {
    int i = from;
    while (i < end && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /**
   * The index after the last character of {@code [from, end)} that is not blank, or {@code from}.
   */
  static int trimEnd(String text, int from, int end) {
    int i = end;
    while (i > from && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  static boolean isHiragana(char c) {
    return c >= 0x3041 && c <= 0x3096;
  }

  static boolean isKatakana(char c) {
    return (c >= 0x30A1 && c <= 0x30FE && c != 0x30FB) || (c >= 0xFF66 && c <= 0xFF9F);
  }

  /** Han, of the basic plane; ideographs beyond it are taken for other letters. */
  static boolean isHan(char c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || c == 0x3005
        || c == 0x3007;
  }

  /** A letter of a script that puts no spaces between words. */
  static boolean isUnspaced(char c) {
    return c >= 0x3005 && (isHan(c) || isHiragana(c) || isKatakana(c));
  }

  /** Marks that stand after a clause in scripts that put no spaces between words. */
  static boolean isUnspacedComma(char c) {
    return switch (c) {
      case '、', '，', '；', '：', '､', '・' -> true;
      default -> false;
    };
  }
}
