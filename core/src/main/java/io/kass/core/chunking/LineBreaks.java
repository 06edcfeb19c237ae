package io.kass.core.chunking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;

/**
 * Counts and finds line breaks in a part of a text, several characters at a time. The JDK's search
 * for the next one costs more to begin than the few characters of a line cost to look at; this goes
 * through them as numbers of 64 bits, in loops that the JVM turns into vector instructions.
 */
final class LineBreaks {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PER_LONG = Long.BYTES / Character.BYTES;
  private static final long NEWLINES = 0x000A_000A_000A_000AL;
  private static final long LOW_BITS = 0x7FFF_7FFF_7FFF_7FFFL;
  private static final long HIGH_BITS = ~LOW_BITS;
  private static final long ONES = 0x0001_0001_0001_0001L;
  private static final int HIGH_BIT = Character.SIZE - 1;
  private static final int LAST_LANE = Long.SIZE - Character.SIZE;

  /** No sum of ones over so many numbers leaves its 16 bits. */
  private static final int BLOCK = 1 << 13;

  private char[] chars = new char[0];
  private byte[] bytes = new byte[0];
  private CharBuffer view = CharBuffer.allocate(0);
  private int base;

  /** Looks at {@code [from, to)} of the text from now on. */
  void load(String text, int from, int to) {
    int length = to - from;
    if (length > chars.length) {
      chars = new char[length];
      bytes = new byte[length * Character.BYTES];
      view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
    }
    text.getChars(from, to, chars, 0);
    view.put(0, chars, 0, length);
    base = from;
  }

  /** How many there are in {@code [from, to)}, which must lie within what was loaded. */
  int count(int from, int to) {
    int count = 0;
    int i = from - base;
    int end = to - base;
    while (end - i >= PER_LONG) {
      int longs = Math.min(BLOCK, (end - i) / PER_LONG);
      long others = (countOthers(bytes, i * Character.BYTES, longs) * ONES) >>> LAST_LANE;
      count += longs * PER_LONG - (int) others;
      i += longs * PER_LONG;
    }
    for (; i < end; i++) {
      count += chars[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  /** How many are no line break, in each of the four lanes. */
  private static long countOthers(byte[] bytes, int offset, int longs) {
    long count = 0;
    for (int i = 0; i < longs; i++) {
      long difference = longAt(bytes, offset + i * Long.BYTES);
      count += ((((difference & LOW_BITS) + LOW_BITS) | difference) & HIGH_BITS) >>> HIGH_BIT;
    }
    return count;
  }

  /** The last in {@code [from, to)}, which must lie within what was loaded, or -1. */
  int last(int from, int to) {
    int first = from - base;
    int end = to - base;
    while (end - first >= PER_LONG) {
      long difference = longAt(bytes, (end - PER_LONG) * Character.BYTES);
      long found = ~(((difference & LOW_BITS) + LOW_BITS) | difference) & HIGH_BITS;
      if (found != 0) {
        return base + end - 1 - Long.numberOfLeadingZeros(found) / Character.SIZE;
      }
      end -= PER_LONG;
    }
    while (end > first) {
      end--;
      if (chars[end] == '\n') {
        return base + end;
      }
    }
    return -1;
  }

  /** Four characters, in each of which no bit is set if it is a newline. */
  private static long longAt(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset) ^ NEWLINES;
  }

  /**
   * Whether the line that ends with the line break at {@code newline} is short and has nothing to
   * see; one that begins before {@code from} has.
   */
  boolean endsBlankLine(int from, int newline) {
    int first = from - base;
    int end = newline - base;
    int i = end - 1;
    while (i >= first && chars[i] != '\n' && Characters.isBlank(chars[i])) {
      i--;
    }
    return i >= first && chars[i] == '\n' && end - i <= WindowCutter.LINE_LOOKAHEAD;
  }
}
