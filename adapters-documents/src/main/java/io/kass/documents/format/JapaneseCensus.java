package io.kass.documents.format;

/**
 * Counts what makes Japanese of bytes in a double-byte encoding. Bytes of another encoding often
 * pair up too, but then the pairs are rare kanji, stand alone, or hold no kana.
 */
abstract sealed class JapaneseCensus permits ShiftJisCensus, EucJpCensus {
  /** What a character is in Japanese writing. */
  enum Kind {
    /** Hiragana and katakana, which every Japanese text is full of. */
    KANA,
    /** The kanji of level 1, nearly all that is in use. */
    COMMON_KANJI,
    /** Punctuation, full-width digits and letters. */
    SYMBOL,
    /** Katakana of half width, one byte in Shift_JIS. */
    HALF_KANA,
    /** Kanji of level 2 and above, the letters of other scripts. */
    RARE,
    /** Nothing. */
    BROKEN
  }

  private long all;
  private long kana;
  private long good;
  private long half;
  private long broken;
  private long linked;
  private boolean afterCharacter;

  abstract boolean atRest();

  abstract void add(byte[] bytes, int length);

  /** Ends the text; what stands unfinished counts as broken. */
  abstract void end();

  /** A single byte below 80 was seen. */
  final void ascii() {
    afterCharacter = false;
  }

  final void count(Kind kind) {
    all++;
    if (afterCharacter && kind != Kind.BROKEN) {
      linked++;
    }
    afterCharacter = kind != Kind.BROKEN;
    switch (kind) {
      case KANA -> {
        kana++;
        good++;
      }
      case COMMON_KANJI, SYMBOL -> good++;
      case HALF_KANA -> half++;
      case BROKEN -> broken++;
      case RARE -> {}
    }
  }

  /**
   * How much like Japanese it is: 1 for any ordinary Japanese text, 0 or less for what is none.
   * Half-width katakana counts half, since bytes of other encodings look like it.
   */
  final double score() {
    if (all == 0 || linked * 2 < all) {
      return 0;
    }
    double likely = good + 0.5 * half;
    return (likely - 10.0 * broken) / all;
  }

  /** The share of its characters that are kana. */
  final double kanaShare() {
    return all == 0 ? 0 : (double) kana / all;
  }
}
