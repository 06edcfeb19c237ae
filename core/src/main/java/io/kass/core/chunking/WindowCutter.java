package io.kass.core.chunking;

import java.util.List;

/**
 * Cuts one text that arrives in windows. This class keeps the part of the text that is still needed
 * and hands over finished chunks; where to cut, and what is known of the lines, is for its
 * subclasses.
 *
 * <p>Every decision is taken from the text between the chunk's beginning and {@code reach} further
 * on, and only once all of that has arrived. So the windows do not show in the result, and no more
 * than that and one window is ever held.
 *
 * <p>Positions are indexes into {@link #text}, which changes with every window.
 */
abstract class WindowCutter implements Cutter {
  /** How much of a line is looked at to tell what it is. */
  static final int LINE_LOOKAHEAD = 256;

  /** The length of the longest line break: CR LF. */
  static final int MAX_NEWLINE = 2;

  /** White space is skipped in strides, so that the lines in it need not all be held. */
  private static final int STRIDE = 8192;

  private static final int NONE = -1;

  final ChunkSizes sizes;
  String text = "";

  private final int reach;
  private final Output output;

  /** Offset of {@code text} in the whole text. */
  private long origin;

  /** Where the text begins that is in no chunk yet. */
  private int fresh;

  /** Where the last chunk ended. */
  private int lastEnd;

  /** Where the next chunk begins if it repeats something. */
  private int repeatFrom = NONE;

  /**
   * A cutter of one text.
   *
   * @param reach how far beyond a chunk's beginning its end may depend on the text
   */
  WindowCutter(ChunkSizes sizes, int reach, Output output) {
    this.sizes = sizes;
    this.reach = reach;
    this.output = output;
  }

  /**
   * Where the chunk ends that begins at {@code begin}; white space before that is trimmed.
   *
   * @param fresh where its new text begins, after what it repeats
   * @param limit the furthest it may end
   * @param rest where the text ends if that is within reach, or else {@link Integer#MAX_VALUE}
   * @return a place in {@code (fresh, limit]} (or just after the newline that is at the limit), or
   *     a negative number if nothing but the middle of a word is there
   */
  abstract int cut(int begin, int fresh, int limit, int rest);

  /**
   * Where the next chunk begins if it repeats the end of this one.
   *
   * @param begin where this chunk begins
   * @param from the first place that may be repeated
   * @param end where this chunk ends
   * @param cut where it was cut, any white space after its end before that
   * @return a place in {@code [from, end)}, or -1 for none
   */
  abstract int repeatFrom(int begin, int from, int end, int cut);

  /** The titles above a chunk that is certain; asked once for each, in order. */
  abstract List<String> headings(int begin, int end);

  /**
   * The number of the line that a chunk begins in, counted from 0; asked once for each, in order.
   */
  abstract int firstLine(int begin);

  /** The number of the line that the last character of that chunk is in. */
  abstract int lastLine(int last);

  /** More text has arrived. */
  void extended() {}

  /** The first place that is still needed to know the lines. */
  int firstNeededLine() {
    return Integer.MAX_VALUE;
  }

  /** Takes note of the lines that begin before {@code until}. */
  void readLines(int until) {}

  /** No line that begins before this place will be asked for. */
  void leaveLines(int position) {}

  /** Counts the places that are kept of lines from {@code by} further on. */
  void shiftLines(int by) {}

  /** Counts all other places that a subclass keeps from {@code by} further on. */
  void shift(int by) {}

  /** Takes the next window of the text. */
  @Override
  public final void append(String window) {
    forget(firstNeeded());
    int kept = text.length();
    int seam = 2 * reach;
    if (kept == 0 || window.length() <= seam) {
      extend(window);
      return;
    }
    // A long window is not copied: only its beginning is, to get over the seam.
    extend(window.substring(0, seam));
    if (firstNeeded() >= kept) {
      recount(kept);
      text = window;
      extend("");
    } else {
      extend(window.substring(seam));
    }
  }

  /** Ends the text. */
  @Override
  public final void finish() {
    advance(true);
  }

  private void extend(String more) {
    text = text.isEmpty() ? more : text.concat(more);
    extended();
    advance(false);
  }

  private int firstNeeded() {
    return Math.min(repeatFrom == NONE ? fresh : repeatFrom, firstNeededLine());
  }

  /** Forgets the beginning of the text. */
  private void forget(int count) {
    String rest = text.substring(count);
    recount(count);
    text = rest;
  }

  /** Counts all positions from {@code count} further on. */
  private void recount(int count) {
    origin += count;
    fresh -= count;
    lastEnd -= count;
    if (repeatFrom != NONE) {
      repeatFrom -= count;
    }
    shiftLines(count);
    shift(count);
  }

  private void advance(boolean ended) {
    while (skipToFresh()) {
      int begin = repeatFrom == NONE ? fresh : repeatFrom;
      int available = text.length() - begin;
      if (available < reach && !ended) {
        return;
      }
      leaveLines(begin);
      readLines(Math.min(text.length(), begin + reach - LINE_LOOKAHEAD));
      int rest = available < reach ? trimEnd(begin, text.length()) : Integer.MAX_VALUE;
      int limit = begin + sizes.size();
      int cut = cut(begin, fresh, limit, rest);
      if (cut < 0 && begin < fresh) {
        // What the chunk would repeat leaves no room for the next word, so it repeats nothing.
        repeatFrom = NONE;
        continue;
      }
      emit(begin, cut < 0 ? Graphemes.lastBoundary(text, begin, limit) : cut);
    }
  }

  private void emit(int begin, int cut) {
    int end = trimEnd(begin, cut);
    output.chunk(
        text.substring(begin, end),
        origin + begin,
        firstLine(begin),
        lastLine(end - 1),
        headings(begin, end));
    int from = Math.max(end - sizes.overlap(), begin + 1);
    repeatFrom = from < end ? repeatFrom(begin, from, end, cut) : NONE;
    lastEnd = end;
    fresh = cut;
  }

  /** Moves to the next character that is not blank; false if there is none yet. */
  private boolean skipToFresh() {
    while (true) {
      int stride = Math.min(text.length(), fresh + STRIDE);
      int found = Characters.skipBlanks(text, fresh, stride);
      boolean visible = found < stride;
      // A combining mark belongs to the blank before it; whether one comes is not known at the end.
      if (found > fresh && (!visible || !Graphemes.isBoundary(text, found - 1, found))) {
        found--;
      }
      fresh = found;
      if (fresh - lastEnd > sizes.overlap()) {
        repeatFrom = NONE;
      }
      if (visible || stride == text.length()) {
        return visible;
      }
      if (repeatFrom == NONE) {
        readLines(fresh - LINE_LOOKAHEAD);
        leaveLines(fresh - LINE_LOOKAHEAD + 1);
      }
    }
  }

  /** Whether a line of which this much is known has nothing to see. */
  final boolean isBlankLine(int start, int end) {
    return end < start + LINE_LOOKAHEAD && Characters.skipBlanks(text, start, end) == end;
  }

  /** Whether the line before the one that begins here ends within the limit. */
  final boolean endsBefore(int start, int limit) {
    int newline = start - 1;
    return newline <= limit || (newline == limit + 1 && limit > 0 && text.charAt(limit) == '\r');
  }

  /** The first visible character of a line, as a place where a chunk may begin, or -1. */
  final int firstVisible(int start, int end) {
    int visible = Characters.skipBlanks(text, start, end);
    if (visible == end) {
      return -1;
    }
    return visible > start && !Graphemes.isBoundary(text, start, visible) ? visible - 1 : visible;
  }

  /** The end of what is visible before {@code end}. */
  final int trimEnd(int from, int end) {
    int trimmed = Characters.trimEnd(text, from, end);
    return trimmed < end && !Graphemes.isBoundary(text, from, trimmed) ? trimmed + 1 : trimmed;
  }
}
