package io.kass.core.chunking;

import java.util.List;

/**
 * Cuts one text that arrives in windows. This class keeps the part of the text that is still
 * needed, finds its lines and hands over finished chunks; where to cut is for its subclasses.
 *
 * <p>Every decision is taken from the text between the chunk's beginning and {@code reach} further
 * on, and only once all of that has arrived. So the windows do not show in the result, and no more
 * than that and one window is ever held.
 *
 * <p>Positions are indexes into {@link #text}, which changes with every window.
 */
abstract class TextCutter {
  /** How far a newline is followed by the look at its line. */
  static final int LINE_LOOKAHEAD = 256;

  /** White space is skipped in strides, so that the lines in it need not all be held. */
  private static final int STRIDE = 8192;

  private static final int NONE = -1;

  final LineTable lines = new LineTable();
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

  /** Where the next line begins that was not read yet, if its newline was found. */
  private int nextLine;

  /** Where to look for that newline. */
  private int searchFrom;

  /** Takes the finished chunks of a text. */
  interface Output {
    /**
     * Takes a chunk, in the order of the text.
     *
     * @param begin offset of the chunk in the whole text
     * @param first number of its first line, counted from 0
     * @param last number of its last line
     * @param headings the titles above it that the text itself names
     */
    void chunk(String text, long begin, int first, int last, List<String> headings);
  }

  /**
   * A cutter of one text.
   *
   * @param reach how far beyond a chunk's beginning its end may depend on the text
   */
  TextCutter(ChunkSizes sizes, int reach, Output output) {
    this.sizes = sizes;
    this.reach = reach;
    this.output = output;
  }

  /** Looks at the line that begins here and adds it to {@link #lines}. */
  abstract void readLine(int start);

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
   * @return a place in {@code [from, end)} that is not blank, or -1 for none
   */
  abstract int repeatFrom(int begin, int from, int end);

  /** The titles above a chunk that is certain; asked once for each, in order. */
  abstract List<String> headings(int begin, int end);

  final void append(String window) {
    int keep = repeatFrom == NONE ? fresh : repeatFrom;
    keep = Math.min(keep, nextLine == NONE ? searchFrom : nextLine);
    if (keep > 0) {
      drop(keep);
    }
    text = text.isEmpty() ? window : text.concat(window);
    advance(false);
  }

  final void finish() {
    advance(true);
  }

  private void drop(int count) {
    text = text.substring(count);
    origin += count;
    fresh -= count;
    lastEnd -= count;
    searchFrom -= count;
    if (repeatFrom != NONE) {
      repeatFrom -= count;
    }
    if (nextLine != NONE) {
      nextLine -= count;
    }
    lines.shift(count);
  }

  private void advance(boolean ended) {
    while (skipToFresh()) {
      int begin = repeatFrom == NONE ? fresh : repeatFrom;
      int available = text.length() - begin;
      if (available < reach && !ended) {
        return;
      }
      readLines(begin + (available < reach ? available : reach - LINE_LOOKAHEAD));
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
        lines.lineAt(begin),
        lines.lineAt(end - 1),
        headings(begin, end));
    int from = Math.max(end - sizes.overlap(), begin + 1);
    repeatFrom = from < end ? repeatFrom(begin, from, end) : NONE;
    lastEnd = end;
    fresh = cut;
    lines.forget((repeatFrom == NONE ? fresh : repeatFrom) - 1);
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
        lines.forget(fresh - LINE_LOOKAHEAD);
      }
    }
  }

  /** Whether the line that begins here has nothing to see. */
  final boolean isBlankLine(int start) {
    int end = Math.min(text.length(), start + LINE_LOOKAHEAD);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return true;
      }
      if (!Characters.isBlank(c)) {
        return false;
      }
    }
    return end < start + LINE_LOOKAHEAD;
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

  private int trimEnd(int from, int end) {
    int trimmed = Characters.trimEnd(text, from, end);
    return trimmed < end && !Graphemes.isBoundary(text, from, trimmed) ? trimmed + 1 : trimmed;
  }

  /** Reads the lines that begin before {@code until}. */
  private void readLines(int until) {
    while (true) {
      if (nextLine == NONE) {
        int newline = text.indexOf('\n', searchFrom);
        if (newline < 0) {
          searchFrom = text.length();
          return;
        }
        nextLine = newline + 1;
      }
      if (nextLine >= until) {
        return;
      }
      readLine(nextLine);
      searchFrom = nextLine;
      nextLine = NONE;
    }
  }
}
