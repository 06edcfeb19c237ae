package io.kass.documents.format;

/**
 * Looks for the escape sequences of ISO-2022-JP (RFC 1468, and those of Windows): {@code ESC $ B}
 * and its like switch to two bytes a character, {@code ESC ( B} and its like back.
 */
final class Iso2022JpCensus {
  private static final int ESCAPE = 0x1B;

  /** Of the escape sequence that is being read: how many bytes, and its second one. */
  private int inEscape;

  private int intermediate;
  private boolean wide;
  private boolean half;
  private long switches;
  private long broken;

  /** Whether nothing has begun that ASCII would be a part of. */
  boolean atRest() {
    return inEscape == 0 && !wide;
  }

  void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      add(bytes[i]);
    }
  }

  private void add(int b) {
    if (b < 0) {
      broken++;
    } else if (b == ESCAPE) {
      inEscape = 1;
    } else if (inEscape == 1) {
      intermediate = b;
      inEscape = b == '$' || b == '(' ? 2 : 0;
    } else if (inEscape == 2) {
      designate(b);
    } else if (wide && (b == '\n' || b == '\r')) {
      // Every line ends in ASCII.
      wide = false;
      broken++;
    } else if (wide) {
      half = !half;
    }
  }

  private void designate(int b) {
    inEscape = 0;
    if (half) {
      half = false;
      broken++;
    }
    if (intermediate == '$' && (b == '@' || b == 'B')) {
      wide = true;
      switches++;
    } else if (intermediate == '$' && b == '(') {
      inEscape = 2;
    } else if (intermediate == '$' && b == 'D') {
      wide = true;
    } else if (intermediate == '(' && (b == 'B' || b == 'J' || b == 'I')) {
      wide = false;
    } else {
      broken++;
    }
  }

  /** Whether the text switches to Japanese and is in order. */
  boolean isIso2022Jp() {
    return switches > 0 && broken * 10 <= switches;
  }
}
