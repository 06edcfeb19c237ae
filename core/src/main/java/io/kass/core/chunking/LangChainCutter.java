package io.kass.core.chunking;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Splits a text at paragraphs, what is too long of them at lines, then at spaces, then between code
 * points, and merges neighbours into chunks. Works on offsets: no text is made until a chunk is
 * done.
 */
final class LangChainCutter implements Cutter {
  private static final List<String> SEPARATORS = List.of("\n\n", "\n", " ");

  private final ChunkSizes sizes;
  private final Output output;
  private final StringBuilder windows = new StringBuilder();
  private String text = "";
  private int counted;
  private int line;

  LangChainCutter(ChunkSizes sizes, Output output) {
    this.sizes = sizes;
    this.output = output;
  }

  @Override
  public void append(String window) {
    windows.append(window);
  }

  @Override
  public void finish() {
    text = windows.toString();
    split(0, text.length(), 0);
  }

  /**
   * Splits a part of the text at the separator of this level. A text without a separator is one
   * piece and goes to the next level whole, which is what looking for the first separator that
   * occurs comes to.
   */
  private void split(int begin, int end, int level) {
    if (level == SEPARATORS.size()) {
      splitCharacters(begin, end);
      return;
    }
    String separator = SEPARATORS.get(level);
    var merge = new Merge();
    int piece = begin;
    int from = begin;
    while (piece < end) {
      int found = text.indexOf(separator, from, end);
      int next = found < 0 ? end : found;
      // A separator stays at the beginning of the piece that follows it.
      from = next + separator.length();
      if (next > piece) {
        piece(piece, next, level, merge);
        piece = next;
      }
    }
    merge.finish();
  }

  private void piece(int begin, int end, int level, Merge merge) {
    int length = text.codePointCount(begin, end);
    if (length < sizes.size()) {
      merge.add(begin, end, length);
    } else {
      merge.finish();
      split(begin, end, level + 1);
    }
  }

  private void splitCharacters(int begin, int end) {
    var merge = new Merge();
    int i = begin;
    while (i < end) {
      int next = text.offsetByCodePoints(i, 1);
      merge.add(i, next, 1);
      i = next;
    }
    merge.finish();
  }

  private void emit(int from, int to) {
    int begin = from;
    while (begin < to && isStripped(text.charAt(begin))) {
      begin++;
    }
    int end = to;
    while (end > begin && isStripped(text.charAt(end - 1))) {
      end--;
    }
    if (begin == end) {
      return;
    }
    int first = lineAt(begin);
    // The last character of a chunk is no line break.
    int last = first + lineBreaks(begin, end);
    output.chunk(text.substring(begin, end), begin, first, last, List.of());
  }

  /** Chunks come in order of their beginnings, so each line break is counted once. */
  private int lineAt(int position) {
    line += lineBreaks(counted, position);
    counted = position;
    return line;
  }

  private int lineBreaks(int begin, int end) {
    int count = 0;
    for (int i = text.indexOf('\n', begin, end); i >= 0; i = text.indexOf('\n', i + 1, end)) {
      count++;
    }
    return count;
  }

  /** What Python takes for white space; the same as ours. */
  private static boolean isStripped(char c) {
    return Characters.isBlank(c);
  }

  /** Neighbouring pieces on their way into chunks. */
  private final class Merge {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int total;

    private record Piece(int begin, int end, int length) {}

    void add(int begin, int end, int length) {
      if (total + length > sizes.size() && !pieces.isEmpty()) {
        emit(pieces.getFirst().begin(), pieces.getLast().end());
        while (total > sizes.overlap() || (total + length > sizes.size() && total > 0)) {
          total -= pieces.removeFirst().length();
        }
      }
      pieces.add(new Piece(begin, end, length));
      total += length;
    }

    void finish() {
      if (!pieces.isEmpty()) {
        emit(pieces.getFirst().begin(), pieces.getLast().end());
        pieces.clear();
        total = 0;
      }
    }
  }
}
