package io.kass.core.chunking;

/** Cuts a text whose lines are read one by one and marked with what they are. */
abstract class TextCutter extends WindowCutter {
  private static final int NONE = -1;

  final LineTable lines = new LineTable();

  /** Where the next line begins that was not read yet, if its newline was found. */
  private int nextLine;

  /** Where to look for that newline. */
  private int searchFrom;

  TextCutter(ChunkSizes sizes, int reach, Output output) {
    super(sizes, reach, output);
  }

  /**
   * Adds a line to {@link #lines}.
   *
   * @param end where it ends, or {@link #LINE_LOOKAHEAD} after its beginning
   */
  abstract void readLine(int start, int end);

  @Override
  final void extended() {
    if (nextLine == NONE) {
      int newline = text.indexOf('\n', searchFrom);
      nextLine = newline < 0 ? NONE : newline + 1;
      searchFrom = text.length();
    }
  }

  @Override
  final int firstNeededLine() {
    return nextLine == NONE ? searchFrom : nextLine;
  }

  @Override
  final void readLines(int until) {
    while (nextLine != NONE && nextLine < until) {
      int start = nextLine;
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      readLine(start, Math.min(end, start + LINE_LOOKAHEAD));
      nextLine = newline < 0 ? NONE : newline + 1;
      searchFrom = end;
    }
  }

  @Override
  final void leaveLines(int position) {
    lines.forget(position - 1);
  }

  @Override
  final int firstLine(int begin) {
    return lines.firstLineAt(begin);
  }

  @Override
  final int lastLine(int last) {
    return lines.lineAt(last);
  }

  @Override
  final void shiftLines(int by) {
    searchFrom -= by;
    if (nextLine != NONE) {
      nextLine -= by;
    }
    lines.shift(by);
  }
}
