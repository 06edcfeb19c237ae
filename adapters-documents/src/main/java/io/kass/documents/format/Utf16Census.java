package io.kass.documents.format;

/**
 * Counts pairs of bytes that make sense as UTF-16, in both byte orders. Only asked where there are
 * NUL bytes: every second one of a Western text, and those of line ends, spaces and digits of any
 * other.
 */
final class Utf16Census {
  private int pending = -1;
  private long units;

  /** Pairs of which both bytes are ASCII letters or spaces: all of an ASCII text, some Han. */
  private long pairsOfLetters;

  private final ByteOrderCensus little = new ByteOrderCensus();
  private final ByteOrderCensus big = new ByteOrderCensus();

  boolean atRest() {
    return pending < 0;
  }

  void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xFF;
      if (pending < 0) {
        pending = b;
        continue;
      }
      units++;
      if (isLetterOrSpace(pending) && isLetterOrSpace(b)) {
        pairsOfLetters++;
      }
      little.add((char) (b << 8 | pending));
      big.add((char) (pending << 8 | b));
      pending = -1;
    }
  }

  private static boolean isLetterOrSpace(int b) {
    return b == ' ' || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
  }

  boolean isLittleEndian() {
    return !isAscii() && little.isText(units) && little.likely > big.likely;
  }

  boolean isBigEndian() {
    return !isAscii() && big.isText(units) && big.likely > little.likely;
  }

  private boolean isAscii() {
    return pairsOfLetters * 2 > units;
  }

  private static final class ByteOrderCensus {
    private long likely;
    private long unlikely;
    private boolean afterHigh;

    void add(char unit) {
      if (Character.isLowSurrogate(unit) && afterHigh) {
        likely += 2;
      } else if (isLikely(unit)) {
        likely++;
      } else if (!Character.isHighSurrogate(unit)) {
        unlikely++;
      }
      afterHigh = Character.isHighSurrogate(unit);
    }

    /** Letters, digits, signs and white space of the scripts that documents are written in. */
    private static boolean isLikely(char unit) {
      if (unit < 0x80) {
        return (unit >= 0x20 && unit != 0x7F) || (unit >= '\t' && unit <= '\r');
      }
      return (unit >= 0xA0 && unit < 0x0700) // Latin, Greek, Cyrillic, Hebrew, Arabic
          || (unit >= 0x0E00 && unit < 0x0E80) // Thai
          || (unit >= 0x1E00 && unit < 0x2800) // Vietnamese, punctuation, signs
          || (unit >= 0x3000 && unit < 0x3400) // kana and the marks of East Asia
          || (unit >= 0x4E00 && unit < 0xA000) // Han
          || (unit >= 0xAC00 && unit < 0xD7A4) // Hangul
          || (unit >= 0xFF00 && unit < 0xFFF0); // full and half width
    }

    /** A single pair tells nothing: any two bytes are some letter. */
    boolean isText(long units) {
      return units > 1 && unlikely * 20 <= units && likely * 10 >= units * 9;
    }
  }
}
