package io.kass.core.chunking;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Splits a text at paragraphs, what is too long of them at lines, then at spaces, then between code
 * points, and merges neighbours into chunks. Works on offsets: no text is made until a chunk is
 * done.
 *
 * <p>Whether a piece is too long shows once a chunk's worth of it is there, and only the pieces of
 * one level are ever on their way into a chunk: those before are done with when a piece of them
 * turns out too long. So a chunk, a piece and a window are all that is held.
 */
final class LangChainCutter implements Cutter {
  private static final List<String> SEPARATORS = List.of("\n\n", "\n", " ");

  /** Between code points, where no separator is looked for. */
  private static final int CHARACTERS = SEPARATORS.size();

  private static final int NONE = -1;

  private final ChunkSizes sizes;
  private final Output output;
  private final Merge merge = new Merge();
  String text = "";

  /** Offset of {@code text} in the whole text. */
  private long origin;

  /** What the text is being split at: an index of {@link #SEPARATORS}, or {@link #CHARACTERS}. */
  private int level;

  /** Where the piece begins that comes next. */
  private int piece;

  /** Where each separator comes next, or {@link #NONE} if it does not or is not known to. */
  private final int[] found = new int[CHARACTERS];

  /** Where to look for each. */
  private final int[] from = new int[CHARACTERS];

  private int counted;
  private int line;

  LangChainCutter(ChunkSizes sizes, Output output) {
    this.sizes = sizes;
    this.output = output;
    Arrays.fill(found, NONE);
  }

  @Override
  public void append(String window) {
    int unneeded = merge.isEmpty() ? piece : (int) (merge.begin() - origin);
    lineAt(Math.max(counted, unneeded));
    counted -= unneeded;
    origin += unneeded;
    piece -= unneeded;
    for (int i = 0; i < CHARACTERS; i++) {
      from[i] -= unneeded;
      found[i] = found[i] == NONE ? NONE : found[i] - unneeded;
    }
    text = text.substring(unneeded).concat(window);
    advance(false);
  }

  @Override
  public void finish() {
    advance(true);
    merge.finish();
  }

  private void advance(boolean ended) {
    // The last character may be half of a separator, or of a code point.
    int known = ended ? text.length() : text.length() - 1;
    while (piece < known) {
      int outer = separator(known);
      int end = outer == NONE ? text.length() : found[outer];
      if (level == CHARACTERS) {
        addCharacters(Math.min(end, known));
        if (piece == end) {
          leaveFor(outer);
        }
        continue;
      }
      // So many characters are too many, however many code points they are.
      int most = piece + 2 * sizes.size();
      int length = text.codePointCount(piece, Math.min(Math.min(end, known), most));
      if (length >= sizes.size()) {
        merge.finish();
        level++;
        if (level < CHARACTERS) {
          from[level] = piece;
          found[level] = NONE;
        }
      } else if (outer != NONE || ended) {
        if (end > piece) {
          merge.add(origin + piece, origin + end, length);
          piece = end;
        }
        leaveFor(outer);
      } else {
        return;
      }
    }
  }

  /**
   * The separator that ends the piece, as far as it is known: the outermost of those that come
   * first. A text without a separator is one piece and goes to the next level whole, which is what
   * looking for the first separator that occurs comes to.
   */
  private int separator(int known) {
    int first = NONE;
    for (int i = 0; i <= level && i < CHARACTERS; i++) {
      if (found[i] == NONE) {
        String separator = SEPARATORS.get(i);
        found[i] = text.indexOf(separator, from[i]);
        from[i] = Math.max(from[i], text.length() - separator.length() + 1);
      }
      int at = found[i];
      if (at != NONE && at < known && (first == NONE || at < found[first])) {
        first = i;
      }
    }
    return first;
  }

  /** Goes on behind a separator, at its level: what was split further ends there. */
  private void leaveFor(int separator) {
    if (separator == NONE) {
      return;
    }
    if (separator < level) {
      merge.finish();
      level = separator;
    }
    // A separator stays at the beginning of the piece that follows it.
    from[separator] = found[separator] + SEPARATORS.get(separator).length();
    found[separator] = NONE;
  }

  private void addCharacters(int end) {
    while (piece < end) {
      int next = text.offsetByCodePoints(piece, 1);
      merge.add(origin + piece, origin + next, 1);
      piece = next;
    }
  }

  private void emit(int start, int to) {
    int begin = Characters.skipBlanks(text, start, to);
    // What Python takes for white space is the same as ours.
    int end = Characters.trimEnd(text, begin, to);
    if (begin == end) {
      return;
    }
    int first = lineAt(begin);
    // The last character of a chunk is no line break.
    int last = first + lineBreaks(begin, end);
    output.chunk(text.substring(begin, end), origin + begin, first, last, List.of());
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

  /** Neighbouring pieces on their way into chunks. */
  private final class Merge {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int total;

    /** A piece, by its offsets in the whole text, and its code points. */
    private record Piece(long begin, long end, int length) {}

    boolean isEmpty() {
      return pieces.isEmpty();
    }

    /** Where the first piece begins in the whole text. */
    long begin() {
      return pieces.getFirst().begin();
    }

    void add(long begin, long end, int length) {
      if (total + length > sizes.size() && !pieces.isEmpty()) {
        emitAll();
        while (total > sizes.overlap() || (total + length > sizes.size() && total > 0)) {
          total -= pieces.removeFirst().length();
        }
      }
      pieces.add(new Piece(begin, end, length));
      total += length;
    }

    void finish() {
      if (!pieces.isEmpty()) {
        emitAll();
        pieces.clear();
        total = 0;
      }
    }

    private void emitAll() {
      emit((int) (begin() - origin), (int) (pieces.getLast().end() - origin));
    }
  }
}
