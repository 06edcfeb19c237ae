package io.kass.documents.format;

/**
 * Counts well-formed sequences of several bytes, and what is not well-formed, as table 3-7 of the
 * Unicode standard defines them: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
final class Utf8Census {
  private int missing;
  private int lowest = 0x80;
  private int highest = 0xBF;
  private long sequences;
  private long broken;

  /** Whether it stands between two characters. */
  boolean atRest() {
    return missing == 0;
  }

  void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xFF;
      if (b < 0x80 && missing == 0) {
        continue;
      }
      add(b);
    }
  }

  private void add(int b) {
    if (missing > 0) {
      if (b >= lowest && b <= highest) {
        lowest = 0x80;
        highest = 0xBF;
        missing--;
        if (missing == 0) {
          sequences++;
        }
        return;
      }
      broken++;
      missing = 0;
      lowest = 0x80;
      highest = 0xBF;
    }
    if (b >= 0xC2 && b <= 0xDF) {
      missing = 1;
    } else if (b >= 0xE0 && b <= 0xEF) {
      missing = 2;
      lowest = b == 0xE0 ? 0xA0 : 0x80;
      highest = b == 0xED ? 0x9F : 0xBF;
    } else if (b >= 0xF0 && b <= 0xF4) {
      missing = 3;
      lowest = b == 0xF0 ? 0x90 : 0x80;
      highest = b == 0xF4 ? 0x8F : 0xBF;
    } else if (b >= 0x80) {
      broken++;
    }
  }

  /** Well-formed characters of two to four bytes. */
  long sequences() {
    return sequences;
  }

  /** Pieces that are not well-formed, one that the text ended in included. */
  long broken() {
    return missing > 0 ? broken + 1 : broken;
  }
}
