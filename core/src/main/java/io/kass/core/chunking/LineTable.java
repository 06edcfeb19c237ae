package io.kass.core.chunking;

/**
 * The starts of the lines that a cutter may still need, with a mark each, and the number of the
 * line it is in. Holds no line twice and forgets lines as the cutter moves on.
 */
final class LineTable {
  private int[] starts = new int[64];
  private byte[] marks = new byte[64];
  private int head;
  private int tail;
  private int line = -1;

  /** The last answer of {@link #indexAt}. */
  private int found = -1;

  /** Adds the next line. */
  void add(int start, int mark) {
    if (tail == starts.length) {
      makeRoom();
    }
    starts[tail] = start;
    marks[tail] = (byte) mark;
    tail++;
  }

  private void makeRoom() {
    int count = tail - head;
    int capacity = count > starts.length / 2 ? starts.length * 2 : starts.length;
    int[] roomyStarts = new int[capacity];
    byte[] roomyMarks = new byte[capacity];
    System.arraycopy(starts, head, roomyStarts, 0, count);
    System.arraycopy(marks, head, roomyMarks, 0, count);
    starts = roomyStarts;
    marks = roomyMarks;
    found -= head;
    head = 0;
    tail = count;
  }

  /** The index of the first line that is still held. */
  int first() {
    return head;
  }

  /** The index after the last line. */
  int end() {
    return tail;
  }

  int start(int index) {
    return starts[index];
  }

  int mark(int index) {
    return marks[index] & 0xFF;
  }

  void setMark(int index, int mark) {
    marks[index] = (byte) mark;
  }

  /** The index of the last held line that begins at or before the position, or one before first. */
  int indexAt(int position) {
    // Whoever asks goes through the text, so it is hardly ever far from what was found before.
    int index = Math.max(found, head - 1);
    while (index + 1 < tail && starts[index + 1] <= position) {
      index++;
    }
    while (index >= head && starts[index] > position) {
      index--;
    }
    found = index;
    return index;
  }

  /** The number of the line that the position is in, counted from 0. */
  int lineAt(int position) {
    return line + indexAt(position) - head + 1;
  }

  /** The same, for a position near the first line that is held. */
  int firstLineAt(int position) {
    int index = head;
    while (index < tail && starts[index] <= position) {
      index++;
    }
    return line + index - head;
  }

  /** Forgets the lines that begin at or before the position; their numbers are counted on. */
  void forget(int position) {
    int count = indexAt(position) + 1 - head;
    head += count;
    line += count;
  }

  /** Counts all positions from a new origin, {@code by} further on. */
  void shift(int by) {
    for (int i = head; i < tail; i++) {
      starts[i] -= by;
    }
  }
}
