package io.kass.documents.format;

/** Counts the bytes of a text as if they were Shift_JIS with the extensions of Windows. */
final class ShiftJisCensus extends JapaneseCensus {
  private int lead;

  @Override
  boolean atRest() {
    return lead == 0;
  }

  @Override
  void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      add(bytes[i] & 0xFF);
    }
  }

  private void add(int b) {
    if (lead != 0) {
      count(kind(lead, b));
      boolean swallowed = isTrail(b);
      lead = 0;
      if (swallowed) {
        return;
      }
    }
    if (b < 0x80) {
      ascii();
    } else if ((b >= 0x81 && b <= 0x9F) || (b >= 0xE0 && b <= 0xFC)) {
      lead = b;
    } else if (b >= 0xA1 && b <= 0xDF) {
      count(Kind.HALF_KANA);
    } else {
      count(Kind.BROKEN);
    }
  }

  private static boolean isTrail(int b) {
    return b >= 0x40 && b <= 0xFC && b != 0x7F;
  }

  private static Kind kind(int lead, int trail) {
    if (!isTrail(trail)) {
      return Kind.BROKEN;
    }
    int pair = lead << 8 | trail;
    if ((pair >= 0x829F && pair <= 0x82F1) || (pair >= 0x8340 && pair <= 0x8396)) {
      return Kind.KANA;
    } else if (pair >= 0x889F && pair <= 0x9872) {
      return Kind.COMMON_KANJI;
    } else if (lead == 0x81 || (pair >= 0x824F && pair <= 0x829A) || lead == 0x87) {
      return Kind.SYMBOL;
    }
    boolean unassigned = lead == 0x85 || lead == 0x86 || pair > 0xFC4B;
    return unassigned ? Kind.BROKEN : Kind.RARE;
  }

  @Override
  void end() {
    if (lead != 0) {
      count(Kind.BROKEN);
      lead = 0;
    }
  }
}
