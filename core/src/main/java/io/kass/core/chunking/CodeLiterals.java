package io.kass.core.chunking;

import io.kass.core.chunking.CodeSyntax.Trait;
import java.util.List;

/**
 * Knows of each line of code whether it begins within a literal that began on a line before. Lines
 * that hold nothing which may begin one are not looked at: the JDK finds the next that does many
 * times faster than any loop here.
 *
 * <p>It is no parser, and may be wrong about code that is broken or unusual. So a literal that goes
 * on and on is given up, and one in ordinary quotes at the next blank line.
 */
final class CodeLiterals {
  /** Longer than a literal or comment is in code that people read. */
  private static final int LONGEST = 40_000;

  /** What ends what the next line begins in. */
  private enum Ending {
    /** The line begins in plain code. */
    NONE,

    /** The terminator, wherever it stands. */
    TERMINATOR,

    /** The terminator, unless a backslash stands before it. */
    UNESCAPED,

    /** The same, or a blank line. */
    QUOTE,

    /** A line of the terminator alone. */
    LINE
  }

  private final CodeSyntax syntax;
  private final List<String> openers;

  /** Where each opener comes next, or as far as it was looked for in vain. */
  private final int[] next;

  private final boolean[] found;
  private final boolean textBlocks;
  private Ending ending = Ending.NONE;
  private String terminator = "";

  /** Where the literal began that the next line begins in. */
  private int opened;

  /** Nothing begins or ends before this place. */
  private int quiet;

  private boolean inside;

  CodeLiterals(CodeSyntax syntax) {
    this.syntax = syntax;
    openers = syntax.openers();
    textBlocks = syntax.has(Trait.TEXT_BLOCKS);
    next = new int[openers.size()];
    found = new boolean[openers.size()];
  }

  /** Whether the next line begins within a literal. */
  boolean isInside() {
    return inside;
  }

  /** Counts all places from {@code by} further on. */
  void shift(int by) {
    for (int i = 0; i < next.length; i++) {
      next[i] -= by;
    }
    opened -= by;
    quiet -= by;
  }

  /** Whether the line {@code [start, end)}, which is not empty, may open or close something. */
  boolean concerns(String text, int start, int end) {
    if (!textBlocks || inside) {
      return end > quiet;
    }
    char last = text.charAt(end - 1);
    return last == '"' || Characters.isBlank(last);
  }

  /** Reads the line {@code [start, end)} for what it opens or closes. */
  void read(String text, int start, int end) {
    if (ending == Ending.NONE) {
      if (mayOpen(text, start, end)) {
        scan(text, start, end);
      }
    } else {
      int after = close(text, start, end);
      if (after >= 0) {
        ending = Ending.NONE;
        scan(text, after, end);
      } else if (start - opened > LONGEST) {
        ending = Ending.NONE;
      }
    }
    inside = ending != Ending.NONE;
    quiet = quietUntil(text, end);
  }

  private int quietUntil(String text, int end) {
    return switch (ending) {
      case NONE -> {
        int first = openers.isEmpty() ? Integer.MAX_VALUE : next[0];
        for (int i = 1; i < next.length; i++) {
          first = Math.min(first, next[i]);
        }
        yield first;
      }
      case TERMINATOR, UNESCAPED, LINE -> {
        int at = text.indexOf(terminator, end);
        int until = at >= 0 ? at : text.length() - terminator.length() + 1;
        yield Math.min(until, opened + LONGEST);
      }
      case QUOTE -> end;
    };
  }

  private boolean mayOpen(String text, int start, int end) {
    boolean opens = textBlocks;
    for (int i = 0; i < next.length; i++) {
      String opener = openers.get(i);
      if (next[i] < start || (!found[i] && next[i] + opener.length() <= end)) {
        int from = Math.max(start, next[i]);
        // For a single character the JDK is faster still.
        int at =
            opener.length() == 1
                ? text.indexOf(opener.charAt(0), from)
                : text.indexOf(opener, from);
        found[i] = at >= 0;
        next[i] = at >= 0 ? at : Math.max(start, text.length() - opener.length() + 1);
      }
      opens |= found[i] && next[i] + opener.length() <= end;
    }
    return opens;
  }

  /** Where the line goes on after the literal that it began in, or -1. */
  private int close(String text, int start, int end) {
    return switch (ending) {
      case NONE -> start;
      case TERMINATOR -> after(text.indexOf(terminator, start, end));
      case UNESCAPED -> after(unescaped(text, start, end));
      case QUOTE ->
          Characters.skipBlanks(text, start, end) == end ? end : after(unescaped(text, start, end));
      case LINE -> closesLine(text, start, end) ? end : -1;
    };
  }

  private int after(int at) {
    return at < 0 ? -1 : at + terminator.length();
  }

  private int unescaped(String text, int from, int end) {
    int at = text.indexOf(terminator, from, end);
    while (at >= 0 && isEscaped(text, from, at)) {
      at = text.indexOf(terminator, at + 1, end);
    }
    return at;
  }

  private static boolean isEscaped(String text, int from, int at) {
    int i = at;
    while (i > from && text.charAt(i - 1) == '\\') {
      i--;
    }
    return (at - i) % 2 == 1;
  }

  private boolean closesLine(String text, int start, int end) {
    int visible = Characters.skipBlanks(text, start, end);
    int after = visible + terminator.length();
    return after <= end
        && text.startsWith(terminator, visible)
        && (after == end || !isName(text.charAt(after)));
  }

  /** Looks at what stands in {@code [from, end)}, which is plain code at its beginning. */
  private void scan(String text, int from, int end) {
    int i = from;
    while (i < end && i >= 0) {
      i =
          switch (text.charAt(i)) {
            case '/' -> slash(text, from, i, end);
            case '#' -> hash(text, from, i, end);
            case '-' -> syntax.has(Trait.DASHES) && is(text, i + 1, end, '-') ? -1 : i + 1;
            case '"' -> quote(text, from, i, end, '"', Trait.LONG_DOUBLE);
            case '\'' -> apostrophe(text, from, i, end);
            case '`' -> backtick(text, i, end);
            case '<' -> heredoc(text, i, end);
            case '$' -> dollar(text, i, end);
            case '\\' -> i + 2;
            case '=' ->
                i == from && text.startsWith("=begin", i) ? open(i, Ending.LINE, "=end") : i + 1;
            default -> i + 1;
          };
    }
  }

  /** Notes what the next line begins in. */
  private int open(int at, Ending kind, String until) {
    ending = kind;
    terminator = until;
    opened = at;
    return -1;
  }

  /** Goes to the end of what begins here, or notes that it goes on. */
  private int pass(String text, int from, int end, Ending kind, String until) {
    terminator = until;
    int at =
        kind == Ending.UNESCAPED || kind == Ending.QUOTE
            ? unescaped(text, from, end)
            : text.indexOf(until, Math.min(from, end), end);
    return at >= 0 ? at + until.length() : open(from, kind, until);
  }

  private int slash(String text, int from, int i, int end) {
    if (!syntax.has(Trait.SLASHES)) {
      return i + 1;
    }
    if (is(text, i + 1, end, '/')) {
      // Two dashes begin a comment of SQL, two slashes do not.
      return syntax.has(Trait.DASHES) ? i + 2 : -1;
    }
    if (is(text, i + 1, end, '*')) {
      // A comment that goes on is seen by its first line; code after it on that line is rare.
      int close = text.indexOf("*/", i + 2, end);
      return close < 0 ? -1 : close + 2;
    }
    return syntax.has(Trait.REGULAR_EXPRESSIONS) && mayBeOperand(text, from, i)
        ? afterRegularExpression(text, i, end)
        : i + 1;
  }

  /** Whether an operand may stand here, so that a slash divides nothing. */
  private static boolean mayBeOperand(String text, int from, int i) {
    int before = Characters.trimEnd(text, from, i);
    return before == from
        || "(,=:[!&|?{};+>".indexOf(text.charAt(before - 1)) >= 0
        || text.startsWith("return", Math.max(from, before - 6));
  }

  private static int afterRegularExpression(String text, int slash, int end) {
    boolean inClass = false;
    for (int i = slash + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '/' && !inClass) {
        return i + 1;
      }
    }
    return slash + 1;
  }

  private int hash(String text, int from, int i, int end) {
    boolean comment =
        syntax.has(Trait.HASHES)
            && (i == from || Characters.isBlank(text.charAt(i - 1)))
            && !is(text, i + 1, end, '{');
    return comment ? -1 : i + 1;
  }

  private int apostrophe(String text, int from, int i, int end) {
    if (!syntax.has(Trait.LIFETIMES)) {
      return quote(text, from, i, end, '\'', Trait.LONG_SINGLE);
    }
    boolean escaped = is(text, i + 1, end, '\\');
    int close = text.indexOf('\'', Math.min(i + (escaped ? 3 : 2), end), end);
    return close >= 0 && (escaped || close == i + 2) ? close + 1 : i + 1;
  }

  private int quote(String text, int from, int i, int end, char quote, Trait lasting) {
    if (syntax.has(Trait.TRIPLE_QUOTES)
        && is(text, i + 1, end, quote)
        && is(text, i + 2, end, quote)
        && (quote == '"' || openers.contains("'''"))) {
      return pass(text, i + 3, end, Ending.UNESCAPED, String.valueOf(quote).repeat(3));
    }
    if (syntax.has(Trait.RAW_QUOTES) && i > from) {
      char before = text.charAt(i - 1);
      if (before == '@' || (before == '$' && i - 1 > from && text.charAt(i - 2) == '@')) {
        return pass(text, i + 1, end, Ending.TERMINATOR, "\"");
      }
      int bracket = before == 'R' ? text.indexOf('(', i, Math.min(end, i + 18)) : -1;
      if (bracket >= 0) {
        String until = ")" + text.substring(i + 1, bracket) + "\"";
        return pass(text, bracket + 1, end, Ending.TERMINATOR, until);
      }
    }
    if (syntax.has(Trait.LIFETIMES)) {
      int hashes = i;
      while (hashes > from && text.charAt(hashes - 1) == '#') {
        hashes--;
      }
      if (hashes > from && text.charAt(hashes - 1) == 'r') {
        return pass(text, i + 1, end, Ending.TERMINATOR, "\"" + "#".repeat(i - hashes));
      }
    }
    terminator = String.valueOf(quote);
    // In a shell, nothing is escaped between single quotes.
    boolean plain = syntax.has(Trait.SHELL) && quote == '\'';
    int close = plain ? text.indexOf(quote, i + 1, end) : unescaped(text, i + 1, end);
    if (close >= 0) {
      return close + 1;
    }
    return syntax.has(lasting) ? open(i, Ending.QUOTE, String.valueOf(quote)) : -1;
  }

  private int backtick(String text, int i, int end) {
    if (!openers.contains("`")) {
      return i + 1;
    }
    Ending kind = syntax.has(Trait.ESCAPED_BACKTICKS) ? Ending.UNESCAPED : Ending.TERMINATOR;
    return pass(text, i + 1, end, kind, "`");
  }

  private int heredoc(String text, int i, int end) {
    if (!syntax.has(Trait.HEREDOCS) || !is(text, i + 1, end, '<')) {
      return i + 1;
    }
    int at = i + 2;
    boolean third = is(text, at, end, '<');
    if (third != openers.contains("<<<")) {
      // In a shell, three of them begin a string on the same line.
      return third ? i + 3 : i + 2;
    }
    at += third ? 1 : 0;
    if (is(text, at, end, '-') || is(text, at, end, '~')) {
      at++;
    }
    boolean blank = is(text, at, end, ' ');
    at = Characters.skipBlanks(text, at, end);
    boolean quoted = is(text, at, end, '\'') || is(text, at, end, '"') || is(text, at, end, '\\');
    at += quoted ? 1 : 0;
    int last = at;
    while (last < end && isName(text.charAt(last))) {
      last++;
    }
    // Ruby also appends and shifts with this sign.
    boolean name =
        last > at
            && !Character.isDigit(text.charAt(at))
            && (syntax.has(Trait.SHELL) || quoted || !blank)
            && (syntax.has(Trait.SHELL) || third || quoted || isUpper(text.charAt(at)));
    return name ? open(i, Ending.LINE, text.substring(at, last)) : at;
  }

  private int dollar(String text, int i, int end) {
    if (!syntax.has(Trait.DOLLAR_QUOTES)) {
      return i + 1;
    }
    int at = i + 1;
    while (at < end && isName(text.charAt(at))) {
      at++;
    }
    boolean tag = is(text, at, end, '$') && (at == i + 1 || !Character.isDigit(text.charAt(i + 1)));
    return tag ? pass(text, at + 1, end, Ending.TERMINATOR, text.substring(i, at + 1)) : at;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z') || isUpper(c) || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean is(String text, int i, int end, char c) {
    return i < end && text.charAt(i) == c;
  }
}
