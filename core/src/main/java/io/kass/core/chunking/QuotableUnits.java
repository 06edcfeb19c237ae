package io.kass.core.chunking;

import static io.kass.core.chunking.Characters.isBlank;
import static io.kass.core.chunking.Characters.skipBlanks;

import io.kass.ports.document.SourceType;

/**
 * Finds the units of a text that sentences never reach across: paragraphs, items of lists, rows of
 * tables, lines of code. Each unit is read once.
 */
final class QuotableUnits {
  private static final int NONE = -1;

  /** A line at least this long may have been broken for its length only. */
  private static final int FULL_LINE = 45;

  /** The same before a line that begins in lower case. */
  private static final int FULL_LINE_LOWER = 25;

  /** The same in scripts of wide characters. */
  private static final int FULL_LINE_UNSPACED = 20;

  private final boolean markdown;
  private final boolean code;
  private final String text;
  private final Output output;

  private int begin = NONE;
  private int end;
  private int lineBegin;
  private int lines;
  private boolean quoted;
  private boolean table;
  private char fenceMark;
  private int fenceLength;

  /** Takes the units in order. */
  interface Output {
    void unit(int begin, int end);
  }

  QuotableUnits(SourceType type, String text, Output output) {
    this.markdown = type == SourceType.MARKDOWN;
    this.code = type == SourceType.CODE;
    this.text = text;
    this.output = output;
  }

  void find() {
    fenceMark = markdown ? CodeFences.markAtBegin(text) : 0;
    fenceLength = fenceMark == 0 ? 0 : 3;
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int lineEnd = newline < 0 ? text.length() : newline;
      line(start, lineEnd);
      start = lineEnd + 1;
    }
    close();
  }

  private void line(int start, int lineEnd) {
    int visible = skipBlanks(text, start, lineEnd);
    if (visible == lineEnd) {
      close();
      table = false;
    } else if (fenceLength > 0) {
      codeLine(start, visible, lineEnd);
    } else if (code) {
      alone(visible, lineEnd);
    } else if (!markdown || !structure(start, visible, lineEnd)) {
      textLine(visible, lineEnd);
    }
  }

  private void codeLine(int start, int visible, int lineEnd) {
    if (MarkdownLine.closesFence(text, start, lineEnd, fenceMark, fenceLength)) {
      fenceLength = 0;
    } else {
      alone(visible, lineEnd);
    }
  }

  /** Deals with a line of Markdown that is no running text; false if it is. */
  private boolean structure(int start, int visible, int lineEnd) {
    char c = text.charAt(visible);
    if (c == '#' && MarkdownLine.headingLevel(text, start, lineEnd) > 0) {
      close();
      return true;
    }
    int fence = MarkdownLine.fence(text, start, lineEnd);
    if (fence > 0) {
      close();
      fenceLength = fence;
      fenceMark = c;
      return true;
    }
    if (lines == 1 && MarkdownLine.underlineLevel(text, start, lineEnd) > 0) {
      begin = NONE;
      lines = 0;
      return true;
    }
    if (MarkdownLine.isThematicBreak(text, start, lineEnd)) {
      close();
      return true;
    }
    return tableLine(start, visible, lineEnd, c) || isMarkupOnly(visible, lineEnd);
  }

  private boolean tableLine(int start, int visible, int lineEnd, char c) {
    if (MarkdownLine.isTableDelimiter(text, start, lineEnd)) {
      // The line before is the head of the table: names of columns, nothing to quote.
      begin = NONE;
      lines = 0;
      table = true;
      return true;
    }
    boolean row = c == '|' || (table && text.indexOf('|', visible, lineEnd) >= 0);
    if (!row) {
      table = false;
      return false;
    }
    close();
    open(visible, lineEnd);
    table = true;
    return true;
  }

  private void textLine(int visible, int lineEnd) {
    int from = visible;
    boolean quote = false;
    while (markdown && from < lineEnd && text.charAt(from) == '>') {
      quote = true;
      from = skipBlanks(text, from + 1, lineEnd);
    }
    int marker = MarkdownLine.listMarkerEnd(text, from, lineEnd);
    boolean continues = begin != NONE && marker < 0 && quote == quoted && isContinued(from);
    if (continues) {
      end = lineEnd;
      lines++;
    } else {
      close();
      open(marker < 0 ? from : afterMarker(marker, lineEnd), lineEnd);
      quoted = quote;
    }
    lineBegin = from;
    if (markdown && isHardBreak(lineEnd)) {
      close();
    }
  }

  /** Where the words of a list item begin, behind its marker and its box to tick. */
  private int afterMarker(int marker, int lineEnd) {
    int from = skipBlanks(text, marker, lineEnd);
    boolean box =
        from + 3 < lineEnd
            && text.charAt(from) == '['
            && text.charAt(from + 2) == ']'
            && isBlank(text.charAt(from + 3));
    return box ? skipBlanks(text, from + 3, lineEnd) : from;
  }

  /** Whether the line break before {@code next} seems to be there for the line's length only. */
  private boolean isContinued(int next) {
    int last = Characters.trimEnd(text, begin, end);
    if (next >= text.length() || last == begin) {
      return false;
    }
    int length = last - lineBegin;
    if (Characters.isUnspaced(text.charAt(last - 1))) {
      return length >= FULL_LINE_UNSPACED;
    }
    boolean lower = Character.isLowerCase(text.charAt(next));
    return length >= (lower ? FULL_LINE_LOWER : FULL_LINE);
  }

  private boolean isHardBreak(int lineEnd) {
    return lineEnd - 2 > begin
        && (text.charAt(lineEnd - 1) == '\\' || text.startsWith("  ", lineEnd - 2));
  }

  /** Whether a line is nothing but tags or pictures. */
  private boolean isMarkupOnly(int visible, int lineEnd) {
    boolean tags = text.charAt(visible) == '<';
    boolean pictures = text.startsWith("![", visible) || text.startsWith("[![", visible);
    if (!tags && !pictures) {
      return false;
    }
    String opening = tags ? "<" : "[(";
    String closing = tags ? ">" : "])";
    int depth = 0;
    for (int i = visible; i < lineEnd; i++) {
      char c = text.charAt(i);
      if (opening.indexOf(c) >= 0) {
        depth++;
      } else if (closing.indexOf(c) >= 0) {
        depth--;
      } else if (depth <= 0 && Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    close();
    return true;
  }

  private void alone(int visible, int lineEnd) {
    close();
    open(visible, lineEnd);
    close();
  }

  private void open(int from, int lineEnd) {
    begin = from;
    lineBegin = from;
    end = lineEnd;
    lines = 1;
  }

  private void close() {
    if (begin == NONE) {
      return;
    }
    int from = begin;
    int to = end;
    while (table && from < to && (text.charAt(from) == '|' || isBlank(text.charAt(from)))) {
      from++;
    }
    while (table && to > from && (text.charAt(to - 1) == '|' || isBlank(text.charAt(to - 1)))) {
      to--;
    }
    begin = NONE;
    lines = 0;
    if (hasWord(from, to) && !isLinkWithin(from, to)) {
      output.unit(from, to);
    }
  }

  /** Whether all there is, is a link to another part of the same document. */
  private boolean isLinkWithin(int from, int to) {
    int open = from;
    while (open < to && text.charAt(open) == '*') {
      open++;
    }
    int target = text.indexOf("](#", open);
    return open < to
        && text.charAt(open) == '['
        && target > 0
        && target < to
        && text.indexOf(' ', target, to) < 0
        && text.indexOf(')', target, to) >= Characters.trimEnd(text, open, to) - 1 - (open - from);
  }

  private boolean hasWord(int from, int to) {
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      if (Character.isLetterOrDigit(c)) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }
}
