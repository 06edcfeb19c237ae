package io.kass.documents.format;

/**
 * Counts what makes Western European text of bytes in Windows-1252: letters with accents among many
 * without, typographic signs where such signs stand. Every byte means something in this encoding,
 * so it is only believed when the whole looks like writing.
 */
final class WesternCensus {
  /** Bytes that mean nothing in Windows-1252. */
  private static final String UNDEFINED = "\u0081\u008D\u008F\u0090\u009D";

  /** Signs of typography and trade that stand in ordinary texts, and small letters below C0. */
  private static final String SIGNS =
      "\u0080\u0082\u0084\u0085\u0086\u0087\u0089\u008B\u0091\u0092\u0093\u0094\u0095\u0096\u0097"
          + "\u0099\u009B\u009A\u009C\u009E\u00A0\u00A1\u00A2\u00A3\u00A4\u00A5\u00A7\u00A8\u00A9"
          + "\u00AA\u00AB\u00AD\u00AE\u00B0\u00B1\u00B2\u00B3\u00B4\u00B5\u00B6\u00B7\u00BA\u00BB"
          + "\u00BC\u00BD\u00BE\u00BF\u00D7";

  /** Quotation marks, which do not stand between two small letters. */
  private static final String QUOTES = "\u0082\u0084\u008B\u0093\u0094\u009B\u00AB\u00BB";

  private static final String CAPITALS_BELOW_C0 = "\u008A\u008C\u008E\u009F";

  private int beforePrevious = ' ';
  private int previous = ' ';
  private long letters;
  private long high;
  private long odd;
  private long inRuns;
  private boolean undefined;

  void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xFF;
      if (previous >= 0x80) {
        judge(beforePrevious, previous, b);
      } else if ((previous | 0x20) >= 'a' && (previous | 0x20) <= 'z') {
        letters++;
      }
      beforePrevious = previous;
      previous = b;
    }
  }

  private void judge(int before, int sign, int after) {
    high++;
    if (UNDEFINED.indexOf(sign) >= 0) {
      undefined = true;
    }
    boolean letter = sign >= 0xC0 && sign != 0xD7 && sign != 0xF7;
    boolean capital = (letter && sign <= 0xDE) || CAPITALS_BELOW_C0.indexOf(sign) >= 0;
    boolean known = letter || capital || SIGNS.indexOf(sign) >= 0;
    boolean within = isSmall(before) && isSmall(after);
    if (!known || (capital && isSmall(before)) || (within && QUOTES.indexOf(sign) >= 0)) {
      odd++;
    }
    if (letter && before >= 0xC0) {
      inRuns++;
    }
  }

  private static boolean isSmall(int b) {
    return b >= 'a' && b <= 'z';
  }

  /** Whether it looks like Western European writing. */
  boolean isWestern() {
    if (previous >= 0x80) {
      judge(beforePrevious, previous, ' ');
      previous = ' ';
    }
    boolean few = high <= 2 + letters / 2;
    return high > 0 && !undefined && few && odd * 10 <= high && inRuns * 4 <= high;
  }
}
