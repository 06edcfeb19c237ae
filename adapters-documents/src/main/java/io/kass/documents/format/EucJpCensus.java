package io.kass.documents.format;

/** Counts the bytes of a text as if they were EUC-JP, JIS X 0212 included. */
final class EucJpCensus extends JapaneseCensus {
  /** Begins a half-width katakana. */
  private static final int HALF = 0x8E;

  /** Begins a character of JIS X 0212. */
  private static final int SUPPLEMENT = 0x8F;

  private int first;
  private int second;

  @Override
  boolean atRest() {
    return first == 0;
  }

  @Override
  void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      add(bytes[i] & 0xFF);
    }
  }

  private void add(int b) {
    boolean upper = b >= 0xA1 && b <= 0xFE;
    if (first == SUPPLEMENT && second == 0 && upper) {
      second = b;
      return;
    }
    if (first != 0) {
      count(upper ? kind(first, b) : Kind.BROKEN);
      first = 0;
      second = 0;
      if (upper) {
        return;
      }
    }
    if (b < 0x80) {
      ascii();
    } else if (upper || b == HALF || b == SUPPLEMENT) {
      first = b;
    } else {
      count(Kind.BROKEN);
    }
  }

  private static Kind kind(int first, int last) {
    if (first == HALF) {
      return last <= 0xDF ? Kind.HALF_KANA : Kind.BROKEN;
    } else if (first == 0xA4 || first == 0xA5) {
      return Kind.KANA;
    } else if (first >= 0xB0 && first <= 0xCF) {
      return Kind.COMMON_KANJI;
    } else if ((first >= 0xA1 && first <= 0xA3) || first == 0xAD) {
      return Kind.SYMBOL;
    }
    boolean unassigned = first != SUPPLEMENT && ((first >= 0xA9 && first <= 0xAC) || first == 0xAF);
    return unassigned ? Kind.BROKEN : Kind.RARE;
  }

  @Override
  void end() {
    if (first != 0) {
      count(Kind.BROKEN);
      first = 0;
      second = 0;
    }
  }
}
