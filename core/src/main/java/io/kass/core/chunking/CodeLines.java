package io.kass.core.chunking;

import io.kass.core.chunking.CodeDeclaration.Kind;
import io.kass.core.chunking.CodeSyntax.Trait;

/**
 * Tells line by line what code is made of. Which lines stand within which follows from their
 * indentation, as it does for people; lines within a function are not looked at closely, since what
 * they declare is nothing to find again. What a line is comes as a mark: its kind, and how far it
 * is indented.
 */
final class CodeLines {
  static final int BLANK = 0;

  /** Begins a statement, or what looks like one. */
  static final int TEXT = 1;

  /** Goes on with the line before, or closes what it opened. */
  static final int GLUE = 2;

  /** A comment, an annotation: belongs to what follows. */
  static final int PREFIX = 3;

  /** Begins within a comment that began on a line before. */
  static final int COMMENT = 4;

  /** Begins within a literal that began on a line before. */
  static final int LITERAL = 5;

  /** Within a function: what else it is can be told where that matters. */
  static final int BODY = 6;

  static final int KIND = 0x07;

  /** A declaration begins here, with what belongs to it. */
  static final int BOUNDARY = 0x08;

  private static final int INDENT = 4;
  private static final int MOST_INDENT = 15;

  /** Spaces that a tab is worth. */
  private static final int TAB = 4;

  private final CodeSyntax syntax;
  private final CodeLiterals literals;
  private final CodeDeclaration declaration;
  private final boolean sql;

  /** What is open, outermost first: how far each is indented, and what it is. */
  private int[] columns = new int[16];

  private Kind[] kinds = new Kind[16];
  private int depth;
  private boolean statementEnded = true;

  /** Whether the last line that was read begins something with a title. */
  private boolean titled;

  private int column;

  /** Whether the innermost of what is open is a function, and how far that is indented. */
  private boolean inFunction;

  private int functionColumn;

  private boolean inComment;

  CodeLines(CodeSyntax syntax) {
    this.syntax = syntax;
    this.literals = new CodeLiterals(syntax);
    this.declaration = new CodeDeclaration(syntax);
    this.sql = syntax.has(Trait.DOLLAR_QUOTES);
  }

  /** How far a line with this mark is indented, in steps of two spaces; the widest are the same. */
  static int indent(int mark) {
    return mark >>> INDENT;
  }

  /** Whether the last line that was read begins something that is told apart by its title. */
  boolean isTitled() {
    return titled;
  }

  /** That title; empty where only something else ended. */
  CodeName title() {
    return declaration.name();
  }

  /** How deep in the structure of the text it stands, from 1 on. */
  int level() {
    return column + 1;
  }

  /** Counts all places from {@code by} further on. */
  void shift(int by) {
    literals.shift(by);
  }

  /**
   * The mark of the next line.
   *
   * @param end where it ends, or as much of it as may be looked at
   */
  int read(String text, int start, int end) {
    titled = false;
    if (start == end) {
      statementEnded = true;
      return inComment ? COMMENT : literals.isInside() ? LITERAL : BLANK;
    }
    if (inComment) {
      inComment = !closesComment(text, start, end);
      return COMMENT;
    }
    boolean within = literals.isInside();
    if (literals.concerns(text, start, end)) {
      literals.read(text, start, end);
    }
    if (within) {
      if (sql) {
        statementEnded = !literals.isInside() && CodeDeclaration.endsStatement(text, start, end);
      }
      return LITERAL;
    }
    return isInFunction(text, start, end) ? BODY : look(text, start, end, true);
  }

  /** The mark of a line within a function, of which only that was known. */
  int markOfBody(String text, int start, int end) {
    return look(text, start, end, false);
  }

  /** Whether a comment ends with this line: hardly ever does it end within one. */
  private static boolean closesComment(String text, int start, int end) {
    int last = end;
    if (Characters.isBlank(text.charAt(end - 1))) {
      last = Characters.trimEnd(text, start, end);
    }
    return last - start >= 2 && text.charAt(last - 1) == '/' && text.charAt(last - 2) == '*';
  }

  private boolean isInFunction(String text, int start, int end) {
    if (!inFunction || end - start <= functionColumn) {
      return false;
    }
    // One tab is worth more than one space, so this many of either are enough.
    for (int i = start; i <= start + functionColumn; i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        return isDeeper(text, start, end);
      } else if (c != ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean isDeeper(String text, int start, int end) {
    int width = 0;
    for (int i = start; i < end && width <= functionColumn; i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\t') {
        return false;
      }
      width = c == ' ' ? width + 1 : (width / TAB + 1) * TAB;
    }
    return width > functionColumn;
  }

  /**
   * Looks at a line that begins in plain code.
   *
   * @param declares whether it may declare something
   */
  private int look(String text, int start, int end, boolean declares) {
    int width = 0;
    int i = start;
    while (i < end) {
      char c = text.charAt(i);
      if (c == ' ') {
        width++;
      } else if (c == '\t') {
        width = (width / TAB + 1) * TAB;
      } else {
        break;
      }
      i++;
    }
    if (i == end || Characters.isBlank(text.charAt(i))) {
      i = Characters.skipBlanks(text, i, end);
      if (i == end) {
        statementEnded = true;
        return BLANK;
      }
    }
    int kind = kind(text, i, end, width, declares);
    return kind | Math.min(width / 2, MOST_INDENT) << INDENT;
  }

  private int kind(String text, int visible, int end, int width, boolean declares) {
    char c = text.charAt(visible);
    return switch (syntax.beginning(c)) {
      case CodeSyntax.GLUE -> GLUE;
      case CodeSyntax.SLASH -> {
        char next = visible + 1 < end ? text.charAt(visible + 1) : ' ';
        if (next == '*' && declares) {
          inComment = text.indexOf("*/", visible + 2, end) < 0;
        }
        yield next == '*' || next == '/' ? PREFIX : TEXT;
      }
      case CodeSyntax.COMMENT -> PREFIX;
      case CodeSyntax.DASH -> visible + 1 < end && text.charAt(visible + 1) == '-' ? PREFIX : TEXT;
      case CodeSyntax.DIRECTIVE -> TEXT;
      case CodeSyntax.WORD -> {
        if (declares) {
          yield declared(text, visible, end, width);
        }
        yield declaration.isGlue(text, visible, end) ? GLUE : TEXT;
      }
      default -> TEXT;
    };
  }

  private int declared(String text, int visible, int end, int width) {
    int around = depth;
    while (around > 0 && columns[around - 1] >= width) {
      around--;
    }
    boolean member = around > 0 && kinds[around - 1] == Kind.TYPE;
    Kind kind = declaration.read(text, visible, end, member, around == 0 && width == 0);
    boolean begins = !sql || statementEnded;
    if (sql) {
      statementEnded = CodeDeclaration.endsStatement(text, visible, end);
    }
    return switch (kind) {
      case TYPE, FUNCTION -> {
        if (!begins) {
          yield TEXT;
        }
        open(around, width, kind);
        yield TEXT | BOUNDARY;
      }
      case STATEMENT -> {
        if (begins) {
          close(around, width);
        }
        yield begins ? TEXT | BOUNDARY : TEXT;
      }
      case OTHER -> {
        if (!sql || begins) {
          close(around, width);
        }
        yield TEXT;
      }
      case PREFIX -> PREFIX;
      case GLUE -> GLUE;
      case NEUTRAL -> TEXT;
    };
  }

  /** A declaration begins, within the first {@code around} of what is open. */
  private void open(int around, int width, Kind kind) {
    push(around, width, kind);
    titled = true;
  }

  /** What is no declaration ends those that stand no further left. */
  private void close(int around, int width) {
    boolean ended = false;
    for (int i = around; i < depth; i++) {
      ended |= kinds[i] != Kind.OTHER;
    }
    if (ended) {
      push(around, width, Kind.OTHER);
      titled = true;
    }
  }

  private void push(int around, int width, Kind kind) {
    if (around == columns.length) {
      // Nobody writes or reads code like that: what is deeper is not told apart.
      around--;
    }
    columns[around] = width;
    kinds[around] = kind;
    depth = around + 1;
    column = width;
    inFunction = kind == Kind.FUNCTION;
    functionColumn = width;
  }
}
