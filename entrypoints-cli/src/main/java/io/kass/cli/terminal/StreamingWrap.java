package io.kass.cli.terminal;

import java.util.function.Consumer;

/**
 * Breaks text into lines while it is still coming. A word is passed on once the next one begins, so
 * what is on the screen never moves; and so is a line's end, so that none is left at the end.
 * Control characters become visible, as {@link Printable} does. Used by one thread.
 */
public final class StreamingWrap {
  private final int columns;
  private final Consumer<String> out;
  private final StringBuilder word = new StringBuilder();
  private int spaces;
  private int breaks;
  private int column;
  private String held = "";
  private boolean begun;

  /**
   * @param columns where lines break; {@link Wrap#UNLIMITED} for nowhere
   * @param out takes the text
   */
  public StreamingWrap(int columns, Consumer<String> out) {
    this.columns = columns;
    this.out = out;
  }

  /** Takes the next piece, cut anywhere. */
  public void accept(String piece) {
    String text = held + piece;
    int end = text.length();
    // The rest of a pair of surrogates, or of a line break, is in the next piece.
    if (end > 0
        && (Character.isHighSurrogate(text.charAt(end - 1)) || text.charAt(end - 1) == '\r')) {
      end--;
    }
    held = text.substring(end);
    String printable = Printable.text(text.substring(0, end));
    printable.codePoints().forEach(this::add);
    if (columns == Wrap.UNLIMITED) {
      flush();
    }
  }

  /** Passes on what is left. */
  public void finish() {
    Printable.text(held).codePoints().forEach(this::add);
    held = "";
    flush();
  }

  /** Whether anything was passed on. */
  public boolean begun() {
    return begun;
  }

  private void add(int c) {
    if (c == '\n') {
      flush();
      breaks++;
      spaces = 0;
    } else if (c == ' ' || c == '\t') {
      flush();
      spaces++;
    } else {
      word.appendCodePoint(c);
      if (DisplayWidth.of(c) == 2) {
        flush();
      }
    }
  }

  private void flush() {
    if (word.isEmpty()) {
      return;
    }
    int width = DisplayWidth.of(word);
    if (breaks > 0) {
      emit("\n".repeat(breaks));
      breaks = 0;
      column = 0;
    }
    if (columns != Wrap.UNLIMITED && column > 0 && column + spaces + width > columns) {
      emit("\n");
      column = 0;
    } else {
      emit(" ".repeat(spaces));
      column += spaces;
    }
    emit(word.toString());
    column += width;
    spaces = 0;
    word.setLength(0);
  }

  private void emit(String text) {
    if (!text.isEmpty()) {
      begun = true;
      out.accept(text);
    }
  }
}
