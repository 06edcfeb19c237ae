package io.kass.core.language;

/**
 * How many letters of a text are of which script. Digits, marks and white space do not count, nor
 * does anything beyond the first few thousand characters.
 *
 * @param latin letters of Latin script, those with accents included
 * @param hiragana letters that only Japanese uses, in every sentence
 * @param katakana letters that only Japanese uses, the narrow ones included
 * @param han ideographs, of Chinese, Japanese and at times Korean
 * @param hangul letters that only Korean uses
 * @param cyrillic letters of Cyrillic script
 * @param other letters of any other script
 */
public record ScriptShares(
    int latin, int hiragana, int katakana, int han, int hangul, int cyrillic, int other) {
  /** How much of a text is looked at, in UTF-16 code units. */
  static final int MAX_LENGTH = 4096;

  /** Counts the letters of a text. */
  public static ScriptShares of(String text) {
    var counts = new int[7];
    int end = Math.min(text.length(), MAX_LENGTH);
    for (int i = 0; i < end; ) {
      char c = text.charAt(i);
      if (c < 0x80) {
        counts[0] += isAsciiLetter(c) ? 1 : 0;
        i++;
      } else {
        int codePoint = text.codePointAt(i);
        if (Character.isLetter(codePoint)) {
          counts[script(codePoint)]++;
        }
        i += Character.charCount(codePoint);
      }
    }
    return new ScriptShares(
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int script(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case LATIN -> 0;
      case HIRAGANA -> 1;
      case KATAKANA -> 2;
      case HAN -> 3;
      case HANGUL -> 4;
      case CYRILLIC -> 5;
      // The sign for a long vowel belongs to both kinds of kana.
      case COMMON -> codePoint == 'ー' || codePoint == 'ｰ' ? 2 : 6;
      default -> 6;
    };
  }

  /** All letters. */
  public int letters() {
    return latin + eastAsian() + cyrillic + other;
  }

  /** Letters of the scripts of Chinese, Japanese and Korean. */
  public int eastAsian() {
    return hiragana + katakana + han + hangul;
  }

  /** Letters that only Japanese uses. */
  public int kana() {
    return hiragana + katakana;
  }
}
