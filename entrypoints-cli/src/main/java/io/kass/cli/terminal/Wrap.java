package io.kass.cli.terminal;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Breaks text into lines that fit a terminal. */
public final class Wrap {
  /** For output that is not read at a terminal: nothing is broken. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private Wrap() {}

  /**
   * The lines of a text, none wider than {@code columns}, broken where its script allows it (at
   * spaces; between ideographs, but not before closing punctuation), and inside a word, such as a
   * path or an address, only when the word alone is wider. Its own line breaks stay. An empty text
   * is one empty line.
   *
   * @param columns at least 2
   */
  public static List<String> lines(String text, int columns) {
    if (columns < 2) {
      throw new IllegalArgumentException("too narrow: " + columns);
    }
    var lines = new ArrayList<String>();
    for (String paragraph : text.split("\n", -1)) {
      if (columns == UNLIMITED || DisplayWidth.of(paragraph) <= columns) {
        lines.add(paragraph.stripTrailing());
      } else {
        wrap(paragraph, columns, lines);
      }
    }
    return lines;
  }

  private static void wrap(String paragraph, int columns, List<String> lines) {
    BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
    breaks.setText(paragraph);
    var line = new StringBuilder();
    int width = 0;
    int begin = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (isInsideAWord(paragraph, end)) {
        continue;
      }
      String piece = paragraph.substring(begin, end);
      // Spaces at the end of a line take no room.
      if (width + DisplayWidth.of(piece.stripTrailing()) > columns && !line.isEmpty()) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        width = 0;
      }
      for (int i = 0; i < piece.length(); ) {
        int c = piece.codePointAt(i);
        int wide = DisplayWidth.of(c);
        if (width + wide > columns && !Character.isWhitespace(c)) {
          lines.add(line.toString().stripTrailing());
          line.setLength(0);
          width = 0;
        }
        line.appendCodePoint(c);
        width += wide;
        i += Character.charCount(c);
      }
      begin = end;
    }
    lines.add(line.toString().stripTrailing());
  }

  /** A path, an address or {@code --option=value} stays whole, though its script allows a break. */
  private static boolean isInsideAWord(String text, int at) {
    return at < text.length()
        && isVisibleAscii(text.charAt(at - 1))
        && isVisibleAscii(text.charAt(at));
  }

  private static boolean isVisibleAscii(char c) {
    return c > ' ' && c < 0x7F;
  }
}
