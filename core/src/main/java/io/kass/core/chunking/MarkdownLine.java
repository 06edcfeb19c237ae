package io.kass.core.chunking;

import static io.kass.core.chunking.Characters.isBlank;

/**
 * What a single line of Markdown looks like, apart from what stands around it. All take the bounds
 * of the line, without its newline.
 */
final class MarkdownLine {
  /** Deeper than this, code is taken for an indented block, whatever it looks like. */
  private static final int MAX_MARKER_INDENT = 3;

  private static final int TAB = 4;

  private MarkdownLine() {}

  /** How far the first visible character is indented, a tab counting as four. */
  static int indent(String text, int start, int end) {
    int indent = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        indent += TAB;
      } else if (c == ' ') {
        indent++;
      } else {
        break;
      }
    }
    return indent;
  }

  /** The level of a heading that begins with {@code #}, or 0. */
  static int headingLevel(String text, int start, int end) {
    int i = Characters.skipBlanks(text, start, end);
    if (i - start > MAX_MARKER_INDENT) {
      return 0;
    }
    int level = run(text, i, end, '#');
    boolean heading = level >= 1 && level <= 6;
    return heading && (i + level == end || isBlank(text.charAt(i + level))) ? level : 0;
  }

  /** The level that this line gives to the line above it by underlining it, or 0. */
  static int underlineLevel(String text, int start, int end) {
    int i = Characters.skipBlanks(text, start, end);
    if (i == end || i - start > MAX_MARKER_INDENT) {
      return 0;
    }
    char c = text.charAt(i);
    if (c != '=' && c != '-') {
      return 0;
    }
    int after = i + run(text, i, end, c);
    boolean underline = Characters.skipBlanks(text, after, end) == end;
    return underline ? (c == '=' ? 1 : 2) : 0;
  }

  /**
   * The length of the run of backticks or tildes that opens a block of code here, or 0. Any
   * indentation will do, for blocks within lists.
   */
  static int fence(String text, int start, int end) {
    int i = Characters.skipBlanks(text, start, end);
    if (i == end) {
      return 0;
    }
    char c = text.charAt(i);
    if (c != '`' && c != '~') {
      return 0;
    }
    int length = run(text, i, end, c);
    if (length < 3) {
      return 0;
    }
    boolean inline = c == '`' && text.indexOf('`', i + length, end) >= 0;
    return inline ? 0 : length;
  }

  /** Whether this line closes a block of code that a run of this length opened. */
  static boolean closesFence(String text, int start, int end, char c, int length) {
    int i = Characters.skipBlanks(text, start, end);
    int closing = run(text, i, end, c);
    return closing >= length && Characters.skipBlanks(text, i + closing, end) == end;
  }

  /** Whether an item of a list begins here. */
  static boolean isListItem(String text, int start, int end) {
    return listMarkerEnd(text, start, end) >= 0;
  }

  /** Where the marker of a list item ends, or -1. */
  static int listMarkerEnd(String text, int start, int end) {
    int i = Characters.skipBlanks(text, start, end);
    if (i == end) {
      return -1;
    }
    char c = text.charAt(i);
    int after = i + 1;
    if (c >= '0' && c <= '9') {
      while (after < end
          && after - i < 9
          && text.charAt(after) >= '0'
          && text.charAt(after) <= '9') {
        after++;
      }
      if (after == end || (text.charAt(after) != '.' && text.charAt(after) != ')')) {
        return -1;
      }
      after++;
    } else if (c != '-' && c != '*' && c != '+' && c != '•' && c != '・') {
      return -1;
    }
    boolean spaceless = c == '・' || c == '•';
    return after == end || spaceless || isBlank(text.charAt(after)) ? after : -1;
  }

  /** Whether this is a line of three or more equal dashes, stars or underscores. */
  static boolean isThematicBreak(String text, int start, int end) {
    int i = Characters.skipBlanks(text, start, end);
    if (i == end || i - start > MAX_MARKER_INDENT) {
      return false;
    }
    char c = text.charAt(i);
    if (c != '-' && c != '*' && c != '_') {
      return false;
    }
    int count = 0;
    for (; i < end; i++) {
      if (text.charAt(i) == c) {
        count++;
      } else if (!isBlank(text.charAt(i))) {
        return false;
      }
    }
    return count >= 3;
  }

  /** Whether this line stands between the head of a table and its rows. */
  static boolean isTableDelimiter(String text, int start, int end) {
    boolean dash = false;
    boolean bar = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '-') {
        dash = true;
      } else if (c == '|') {
        bar = true;
      } else if (c != ':' && !isBlank(c)) {
        return false;
      }
    }
    return dash && bar;
  }

  private static int run(String text, int start, int end, char c) {
    int i = start;
    while (i < end && text.charAt(i) == c) {
      i++;
    }
    return i - start;
  }
}
