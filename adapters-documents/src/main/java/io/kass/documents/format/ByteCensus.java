package io.kass.documents.format;

/** Counts what tells text from binary data, whatever the encoding. */
final class ByteCensus {
  private long length;
  private long nuls;
  private long controls;
  private long high;

  void add(byte[] bytes, int count) {
    int zero = 0;
    int control = 0;
    int above = 0;
    for (int i = 0; i < count; i++) {
      int b = bytes[i];
      if (b >= 0x20 && b != 0x7F) {
        continue;
      }
      if (b < 0) {
        above++;
      } else if (b == 0) {
        zero++;
      } else if (!isOfText(b)) {
        control++;
      }
    }
    length += count;
    nuls += zero;
    controls += control;
    high += above;
  }

  /** The controls that texts do hold: bell to CR, shifts of ISO 2022, end of file, escape. */
  private static boolean isOfText(int b) {
    return (b >= 0x07 && b <= 0x0F) || b == 0x1A || b == 0x1B;
  }

  long length() {
    return length;
  }

  boolean hasNul() {
    return nuls > 0;
  }

  /** Bytes of 80 and above. */
  long high() {
    return high;
  }

  /** Whether there are more control characters than any text has. */
  boolean isBinary() {
    return controls > 8 + length / 4;
  }
}
