package io.kass.documents.format;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands over a text as contiguous windows, each with its offsets and lines. Lines end with LF, CRLF
 * or CR alone, as editors count them. Holds one window at a time.
 */
public final class TextWindows {
  /** Makes a window's block. */
  public interface Maker {
    Block make(String text, Place place);
  }

  private final Consumer<Block> blocks;
  private final Maker maker;
  private final int max;
  private final char[] text;
  private int length;
  private long offset;
  private int line = 1;
  private boolean blank = true;

  /** Hands windows of at most {@link Windows#MAX} code units to a consumer. */
  public TextWindows(Consumer<Block> blocks, Maker maker) {
    this(blocks, maker, Windows.MAX);
  }

  /**
   * Hands windows to a consumer.
   *
   * @param max the longest window in UTF-16 code units, at least 2
   */
  public TextWindows(Consumer<Block> blocks, Maker maker, int max) {
    this.blocks = blocks;
    this.maker = maker;
    this.max = max;
    // One more than a window holds: whether it may end here depends on what comes next.
    this.text = new char[max + 1];
  }

  /**
   * Hands over all of a text.
   *
   * @param check is run before each window; what it throws passes through
   * @return whether it is more than white space
   */
  public boolean pass(Reader reader, Runnable check) throws IOException {
    while (true) {
      check.run();
      int count = reader.read(text, length, text.length - length);
      if (count < 0) {
        break;
      }
      length += count;
      if (length == text.length) {
        hand(Windows.end(text, 0, max));
      }
    }
    if (length > 0) {
      hand(length);
    }
    return !blank;
  }

  private void hand(int end) {
    int lineEnds = 0;
    for (int i = 0; i < end; i++) {
      // Beyond the last character nothing is left to come, or it was never cut there.
      char next = i + 1 < length ? text[i + 1] : 'x';
      if (Windows.isLineEnd(text[i], next)) {
        lineEnds++;
      }
      blank = blank && isBlank(text[i]);
    }
    boolean endsLine = Windows.isLineEnd(text[end - 1], end < length ? text[end] : 'x');
    int last = endsLine ? line + lineEnds - 1 : line + lineEnds;
    var place = new Place(new Locator.Lines(line, last), List.of(), offset, offset + end);
    blocks.accept(maker.make(new String(text, 0, end), place));
    offset += end;
    line += lineEnds;
    length -= end;
    System.arraycopy(text, end, text, 0, length);
  }

  /** White space in the widest sense, and what is not seen at all. */
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isIdentifierIgnorable(c)
        || c == '\uFEFF';
  }
}
