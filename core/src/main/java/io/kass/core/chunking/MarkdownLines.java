package io.kass.core.chunking;

import static io.kass.core.chunking.Characters.skipBlanks;
import static io.kass.core.chunking.MarkdownLine.fence;
import static io.kass.core.chunking.MarkdownLine.headingLevel;
import static io.kass.core.chunking.MarkdownLine.underlineLevel;

/**
 * Tells line by line what a Markdown text is made of. What a line is comes as a mark: its kind, and
 * how good a place its beginning is to cut.
 */
final class MarkdownLines {
  /** Kinds of lines. */
  static final int BLANK = 0x00;

  static final int TEXT = 0x10;
  static final int HEADING = 0x20;
  static final int UNDERLINE = 0x30;
  static final int FENCE = 0x40;

  /** A line of a block of code but its first; its last line too. */
  static final int CODE = 0x50;

  static final int ITEM = 0x60;
  static final int ROW = 0x70;

  /** The line between the head of a table and its rows. */
  static final int HEAD = 0x80;

  /** A line across the page. */
  static final int RULE = 0x90;

  static final int KIND = 0xF0;

  /** Ranks of places to cut, worst first. */
  static final int NEVER = 0;

  static final int AFTER_HEADING = 1;
  static final int IN_CODE = 2;
  static final int IN_CODE_AT_BLANK = 3;

  /** A line of its own; if it merely wraps a sentence, it ranks below the end of one. */
  static final int LINE = 5;

  static final int NESTED = 6;
  static final int PART = 7;
  static final int BLOCK = 8;
  static final int RANK = 0x0F;

  private static final int NONE = -1;
  private static final int MAX_TITLE = 200;
  private static final int MAX_KEY = 64;
  private static final int MIN_NESTED = 2;

  /** What may begin something else than a paragraph. */
  private static final boolean[] MARKERS = new boolean[128];

  static {
    for (char c : "#`~=-*+_|:0123456789".toCharArray()) {
      MARKERS[c] = true;
    }
  }

  private final Headings headings;
  private int previous = BLANK;
  private int previousStart;
  private boolean previousBeginsBlock;
  private boolean afterBlank = true;
  private boolean inList;
  private char fenceMark;
  private int fenceLength;
  private boolean started;

  /**
   * Begins a text.
   *
   * @param headings takes the titles as they are found
   */
  MarkdownLines(Headings headings) {
    this.headings = headings;
  }

  /**
   * The mark of the next line.
   *
   * @param end where it ends, or as much of it as may be looked at
   */
  int read(String text, int start, int end) {
    if (!started) {
      started = true;
      if (beginsFrontMatter(text, start, end)) {
        fenceMark = text.charAt(start);
        fenceLength = 3;
        return FENCE | NEVER;
      }
    }
    int mark = fenceLength > 0 ? code(text, start, end) : line(text, start, end);
    previousStart = start;
    return mark;
  }

  /** Counts all places from {@code by} further on. */
  void shift(int by) {
    previousStart -= by;
  }

  private int code(String text, int start, int end) {
    boolean blank = skipBlanks(text, start, end) == end;
    if (!blank && MarkdownLine.closesFence(text, start, end, fenceMark, fenceLength)) {
      fenceLength = 0;
      previous = CODE;
      afterBlank = true;
      return CODE | NEVER;
    }
    boolean first = afterBlank;
    afterBlank = blank;
    return CODE | (blank ? NEVER : first ? IN_CODE_AT_BLANK : IN_CODE);
  }

  private int line(String text, int start, int end) {
    boolean indented = start == end || Characters.isBlank(text.charAt(start));
    int visible = indented ? skipBlanks(text, start, end) : start;
    if (visible == end) {
      afterBlank = true;
      return BLANK | NEVER;
    }
    char c = text.charAt(visible);
    int mark = isMarker(c) ? marked(text, start, visible, end, c) : NONE;
    if (mark == NONE) {
      mark = plain(text, start, visible, end);
    }
    int kind = mark & KIND;
    if (kind != HEADING && kind != UNDERLINE) {
      headings.seeBody(visible);
    }
    boolean first = previous == HEADING || previous == UNDERLINE || previous == HEAD;
    previousBeginsBlock = afterBlank;
    previous = kind;
    afterBlank = kind == HEADING || kind == UNDERLINE || kind == RULE;
    return first && kind != HEADING ? kind | AFTER_HEADING : mark;
  }

  private static boolean isMarker(char c) {
    return c < 128 ? MARKERS[c] : c == '•' || c == '・';
  }

  /** The mark of a line that begins with a character which may mean something, or NONE. */
  private int marked(String text, int start, int visible, int end, char c) {
    if (isPlainItem(text, visible, end, c)) {
      return item(start, visible);
    }
    int level = c == '#' ? headingLevel(text, start, end) : 0;
    if (level > 0) {
      inList = false;
      headings.add(visible, level, HeadingText.of(text, visible, end));
      return HEADING | BLOCK;
    }
    boolean dash = c == '-';
    if ((dash || c == '=') && isTitle(start) && underlineLevel(text, start, end) > 0) {
      return UNDERLINE | NEVER;
    }
    int fence = c == '`' || c == '~' ? fence(text, start, end) : 0;
    if (fence > 0) {
      fenceLength = fence;
      fenceMark = c;
      return FENCE | (afterBlank ? BLOCK : PART);
    }
    if ((dash || c == '*' || c == '_') && MarkdownLine.isThematicBreak(text, start, end)) {
      inList = false;
      return RULE | BLOCK;
    }
    if (MarkdownLine.isListItem(text, start, end)) {
      return item(start, visible);
    }
    if ((dash || c == '|' || c == ':')
        && (previous == ROW || previous == TEXT)
        && MarkdownLine.isTableDelimiter(text, start, end)) {
      return HEAD | AFTER_HEADING;
    }
    return c == '|' ? ROW | (previous == ROW || !afterBlank ? PART : BLOCK) : NONE;
  }

  /** Whether this is what nearly all items are: a sign, a space, a word. */
  private static boolean isPlainItem(String text, int visible, int end, char c) {
    return (c == '-' || c == '*' || c == '+')
        && visible + 2 < end
        && text.charAt(visible + 1) == ' '
        && Character.isLetterOrDigit(text.charAt(visible + 2));
  }

  private int item(int start, int visible) {
    boolean begins = afterBlank && !inList;
    inList = true;
    return ITEM | (visible - start >= MIN_NESTED ? NESTED : begins ? BLOCK : PART);
  }

  private int plain(String text, int start, int visible, int end) {
    boolean table = (previous == ROW || previous == HEAD) && !afterBlank;
    if (table && text.indexOf('|', visible, end) >= 0) {
      return ROW | PART;
    }
    boolean nested = inList && visible - start >= MIN_NESTED;
    if (afterBlank && !nested) {
      inList = false;
    }
    return TEXT | (!afterBlank ? LINE : nested ? NESTED : BLOCK);
  }

  /** Whether the line before the one that begins here is a paragraph of one short line. */
  private boolean isTitle(int start) {
    return previous == TEXT
        && previousBeginsBlock
        && !afterBlank
        && start - previousStart <= MAX_TITLE;
  }

  /** Front matter is YAML or TOML between two lines of dashes or plus signs. */
  private static boolean beginsFrontMatter(String text, int start, int end) {
    int after = Characters.trimEnd(text, start, end);
    if (after - start != 3 || !(text.startsWith("---", start) || text.startsWith("+++", start))) {
      return false;
    }
    int next = end + 1;
    int limit = Math.min(text.length(), next + MAX_KEY);
    for (int i = next; i < limit; i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '=') {
        return i > next;
      }
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != ' ' && c != '"') {
        return c == '#' && i == next;
      }
    }
    return false;
  }
}
