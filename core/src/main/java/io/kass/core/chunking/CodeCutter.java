package io.kass.core.chunking;

import static io.kass.core.chunking.CodeLines.BLANK;
import static io.kass.core.chunking.CodeLines.BODY;
import static io.kass.core.chunking.CodeLines.BOUNDARY;
import static io.kass.core.chunking.CodeLines.COMMENT;
import static io.kass.core.chunking.CodeLines.GLUE;
import static io.kass.core.chunking.CodeLines.KIND;
import static io.kass.core.chunking.CodeLines.LITERAL;
import static io.kass.core.chunking.CodeLines.PREFIX;
import static io.kass.core.chunking.CodeLines.TEXT;

import java.util.List;

/**
 * Cuts code before declarations, outermost first, and what is too long within one at the best line
 * of its second half.
 */
final class CodeCutter extends TextCutter {
  /** A declaration begins a chunk if what stands before it fills this part of one. */
  private static final int MINIMUM_PART = 4;

  /** Lines that an annotation may have. */
  private static final int MOST_PREFIX = 40;

  private static final int NONE = -1;

  /** What a blank line before a statement is worth, in steps of indentation. */
  private static final int BLANK_WORTH = 3;

  private static final int UNFIT = 1000;

  private final CodeLines code;
  private final CodeTitles titles = new CodeTitles();

  /**
   * How far the chunk that is cut next is indented where it begins; {@link #UNFIT} in the middle of
   * something. What stands further left is not of the same kind.
   */
  private int floor;

  CodeCutter(ChunkSizes sizes, CodeSyntax syntax, Output output) {
    super(sizes, sizes.size() + sizes.size() / 4 + MAX_NEWLINE + 1 + LINE_LOOKAHEAD, output);
    this.code = new CodeLines(syntax);
  }

  @Override
  void readLine(int start, int end) {
    int mark = code.read(text, start, end);
    lines.add(start, mark);
    if ((mark & BOUNDARY) != 0) {
      declare(CodeLines.indent(mark));
    } else if (code.isTitled()) {
      titles.add(start, code.level(), code.title());
    }
  }

  /** A declaration begins with the comments and annotations before it. */
  private void declare(int indent) {
    int last = lines.end() - 1;
    int first = last;
    for (int i = last - 1; i >= lines.first() && last - i <= MOST_PREFIX; i--) {
      int mark = lines.mark(i);
      int kind = mark & KIND;
      if (kind == PREFIX) {
        first = i;
      } else if (kind == BLANK
          || kind == LITERAL
          || (kind != COMMENT && kind != BODY && CodeLines.indent(mark) <= indent)) {
        break;
      }
    }
    if (first < last) {
      lines.setMark(last, lines.mark(last) & ~BOUNDARY);
      lines.setMark(first, lines.mark(first) | BOUNDARY);
    }
    if (code.isTitled()) {
      titles.add(lines.start(first), code.level(), code.title());
    }
  }

  @Override
  int cut(int begin, int fresh, int limit, int rest) {
    boolean fits = rest <= limit;
    int declared = declaration(begin, fresh, limit, fits ? 0 : UNFIT);
    if (declared != NONE) {
      floor = CodeLines.indent(lines.mark(declared));
      return lines.start(declared);
    }
    if (fits) {
      return rest;
    }
    floor = UNFIT;
    return cutWithin(begin, fresh, limit);
  }

  /**
   * The line of the outermost declaration that begins within reach, the last of several; but the
   * first that stands further left than the chunk begins.
   *
   * @param most how far it may be indented if it stands no further left than that
   */
  private int declaration(int begin, int fresh, int limit, int most) {
    int after = Math.max(fresh, begin + sizes.size() / MINIMUM_PART);
    int best = NONE;
    int least = most;
    for (int i = lines.indexAt(limit + MAX_NEWLINE);
        i >= lines.first() && lines.start(i) > after;
        i--) {
      if (least == 0 && floor == 0) {
        // Nothing stands further left.
        return best;
      }
      int mark = lines.mark(i);
      if ((mark & BOUNDARY) == 0 || !endsBefore(lines.start(i), limit)) {
        continue;
      }
      int indent = CodeLines.indent(mark);
      if (indent < floor || indent < least) {
        best = i;
        least = indent;
      }
    }
    return best;
  }

  private int cutWithin(int begin, int fresh, int limit) {
    int after = Math.max(fresh, begin + sizes.size() / 2);
    int best = NONE;
    int least = UNFIT;
    int any = NONE;
    for (int i = lines.indexAt(limit + MAX_NEWLINE);
        i >= lines.first() && lines.start(i) > after;
        i--) {
      if (!endsBefore(lines.start(i), limit)) {
        continue;
      }
      int cost = cost(i);
      if (cost < least) {
        best = lines.start(i);
        least = cost;
      }
      any = Math.max(any, lines.start(i));
    }
    if (best != NONE) {
      return best;
    }
    if (any != NONE) {
      return any;
    }
    int statement = lastStatementEnd(begin, after, limit);
    return statement != NONE ? statement : Breaks.lastWordEnd(text, begin, fresh, limit);
  }

  /** How bad it would be to cut before this line; {@link #UNFIT} where only need allows it. */
  private int cost(int index) {
    int mark = mark(index);
    int before = index > lines.first() ? mark(index - 1) & KIND : TEXT;
    int kind = mark & KIND;
    if (before == BLANK && (kind == TEXT || kind == PREFIX)) {
      return 2 * CodeLines.indent(mark);
    }
    boolean begins = kind == TEXT && before != PREFIX && before != COMMENT;
    boolean documented = kind == PREFIX && before != PREFIX && before != COMMENT;
    return begins || documented ? 2 * CodeLines.indent(mark) + BLANK_WORTH : UNFIT;
  }

  /** The mark of a line that may be within a function, and was not looked at closely then. */
  private int mark(int index) {
    int mark = lines.mark(index);
    if ((mark & KIND) != BODY) {
      return mark;
    }
    int start = lines.start(index);
    int end = index + 1 < lines.end() ? lines.start(index + 1) - 1 : text.length();
    int known = code.markOfBody(text, start, Math.min(end, start + LINE_LOOKAHEAD));
    lines.setMark(index, known);
    return known;
  }

  /** Where a line is so long that there is no other, as in code that no person wrote. */
  private int lastStatementEnd(int begin, int after, int limit) {
    for (int cut = limit; cut > after; cut--) {
      char before = text.charAt(cut - 1);
      if (before == ';' || before == '}') {
        return Graphemes.isBoundary(text, begin, cut) ? cut : NONE;
      }
    }
    return NONE;
  }

  @Override
  int repeatFrom(int begin, int from, int end, int cut) {
    if (floor != UNFIT) {
      return NONE;
    }
    int any = NONE;
    for (int i = lines.indexAt(from - 1) + 1; i < lines.end() && lines.start(i) < end; i++) {
      int kind = mark(i) & KIND;
      if (kind != BLANK && kind != GLUE) {
        // Code keeps its indentation.
        return lines.start(i);
      }
      any = any == NONE && kind != BLANK ? lines.start(i) : any;
    }
    if (any != NONE) {
      return any;
    }
    return Breaks.firstWord(text, begin, from, end);
  }

  @Override
  List<String> headings(int begin, int end) {
    return titles.path(text, begin, end);
  }

  @Override
  void shift(int by) {
    titles.shift(text, by);
    code.shift(by);
  }
}
