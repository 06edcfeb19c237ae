package io.kass.core.chunking;

import static io.kass.core.chunking.Characters.skipBlanks;

import io.kass.core.chunking.CodeSyntax.Trait;
import io.kass.core.chunking.Words.Role;

/**
 * Tells from one line of code what it declares. It looks at words and brackets only, so it is
 * sometimes wrong; then a chunk ends at a line that is merely not the best.
 */
final class CodeDeclaration {
  /** What a line is to those around it. */
  enum Kind {
    /** Declares what has members. */
    TYPE,

    /** Declares what has a body, whose lines declare nothing. */
    FUNCTION,

    /** A statement of SQL. */
    STATEMENT,

    /** Belongs to the declaration that follows. */
    PREFIX,

    /** Goes on with the lines before. */
    GLUE,

    /** Neither ends nor begins anything, such as the target of a jump. */
    NEUTRAL,

    /** Anything else. */
    OTHER
  }

  /** How deep brackets of one kind may stand in each other; a mere bound. */
  private static final int MOST_DEEP = 64;

  /** The characters of ASCII that names have. */
  private static final boolean[] NAMES = new boolean[128];

  /** Those that types have besides. */
  private static final boolean[] TYPES = new boolean[128];

  static {
    for (char c = 0; c < NAMES.length; c++) {
      NAMES[c] = Character.isLetterOrDigit(c) || c == '_' || c == '$';
      TYPES[c] = NAMES[c] || Characters.isBlank(c) || "<>,.[]?&*:~".indexOf(c) >= 0;
    }
  }

  private final CodeSyntax syntax;
  private final Words words;
  private CodeName name = CodeName.NONE;

  CodeDeclaration(CodeSyntax syntax) {
    this.syntax = syntax;
    this.words = syntax.words();
  }

  /** The name of what was declared, perhaps empty. */
  CodeName name() {
    return name;
  }

  /**
   * Reads a line.
   *
   * @param from its first visible character
   * @param end its end, or as much of it as is looked at
   * @param member whether it stands directly within a type
   * @param outermost whether it stands within nothing, at the left margin
   */
  Kind read(String text, int from, int end, boolean member, boolean outermost) {
    name = CodeName.NONE;
    int last = Characters.trimEnd(text, from, end);
    int i = from;
    boolean modified = false;
    while (true) {
      i = skipBlanks(text, i, last);
      if (is(text, i, last, '@') && !text.startsWith("@interface", i)) {
        i = afterAnnotation(text, i, last);
        if (i >= last) {
          return Kind.PREFIX;
        }
        continue;
      }
      int after = wordEnd(text, i, last);
      Role role = after == i ? null : words.role(text, i, after);
      if (role == null) {
        return unnamed(text, i, after, last, modified, member, outermost);
      }
      switch (role) {
        case MODIFIER -> {
          if (is(text, after, last, '(')) {
            after = afterBrackets(text, after, last, '(', ')');
          }
        }
        case LABEL -> {
          int next = skipBlanks(text, after, last);
          if (next == last || is(text, last - 1, last, ':')) {
            return Kind.PREFIX;
          }
        }
        case TYPE -> {
          return type(text, after, last, member, outermost);
        }
        case FUNCTION -> {
          return function(text, after, last);
        }
        case NAMED -> {
          name = CodeName.at(i, after);
          int next = skipBlanks(text, after, last);
          boolean body = is(text, next, last, '(') || is(text, next, last, '{');
          return member && body ? Kind.FUNCTION : Kind.OTHER;
        }
        case VARIABLE -> {
          return variable(text, after, last);
        }
        case CREATE -> {
          return create(text, after, last);
        }
        case STATEMENT -> {
          return Kind.STATEMENT;
        }
        case CLOSER, CONTINUATION -> {
          // The same word may be a name: end = 5
          int next = skipBlanks(text, after, last);
          boolean named = is(text, next, last, '=') && !is(text, next + 1, last, '=');
          return named ? Kind.OTHER : Kind.GLUE;
        }
        case CONTROL -> {
          return Kind.OTHER;
        }
      }
      modified = true;
      i = after;
    }
  }

  /** Whether a line begins with a word that goes on with the lines before. */
  boolean isGlue(String text, int from, int end) {
    int after = wordEnd(text, from, end);
    Role role = words.role(text, from, after);
    return role == Role.CLOSER || role == Role.CONTINUATION;
  }

  /** What begins with a word that means nothing, or with none. */
  private Kind unnamed(
      String text,
      int from,
      int after,
      int last,
      boolean modified,
      boolean member,
      boolean outermost) {
    if (syntax.has(Trait.SHELL)) {
      return shellFunction(text, from, last);
    }
    if (syntax.has(Trait.DIRECTIVES)
        && after == last - 1
        && is(text, after, last, ':')
        && !modified) {
      return Kind.NEUTRAL;
    }
    boolean typed = syntax.has(Trait.TYPED) && (member || outermost);
    boolean method = syntax.has(Trait.METHODS) && member;
    if (!typed && !method) {
      return Kind.OTHER;
    }
    return method(text, from, last, modified);
  }

  private Kind type(String text, int from, int last, boolean member, boolean outermost) {
    if (is(text, from, last, '<')) {
      from = afterBrackets(text, from, last, '<', '>');
    } else if (from < last && !Characters.isBlank(text.charAt(from))) {
      return Kind.OTHER;
    }
    int i = skipBlanks(text, from, last);
    int after = wordEnd(text, i, last);
    Role role = after == i ? null : words.role(text, i, after);
    if (role == Role.TYPE) {
      return type(text, after, last, member, outermost);
    } else if (role == Role.FUNCTION) {
      return function(text, after, last);
    }
    if (is(text, i, last, '=') || is(text, i, last, '.') || is(text, i, last, ':')) {
      return Kind.OTHER;
    }
    if (syntax.has(Trait.SPLIT_HEADS)) {
      boolean plain = is(text, last - 1, last, ';');
      int bracket = text.indexOf('(', i, last);
      int brace = text.indexOf('{', i, last);
      if (bracket >= 0 && (brace < 0 || bracket < brace) && text.indexOf(':', i, bracket) < 0) {
        return method(text, i, last, true);
      } else if (plain && brace < 0) {
        return Kind.OTHER;
      } else if (is(text, last - 1, last, '*') || is(text, last - 1, last, '&')) {
        return Kind.PREFIX;
      }
    }
    name = typeName(text, i, last);
    return Kind.TYPE;
  }

  /** The name of a type: of Rust's implementations, that of what they are for. */
  private CodeName typeName(String text, int from, int last) {
    int of = syntax.has(Trait.LIFETIMES) ? text.indexOf(" for ", from, last) : -1;
    int i = of >= 0 ? of + 5 : from;
    int after = nameEnd(text, i, last);
    if (syntax.has(Trait.SPLIT_HEADS)) {
      // A macro may stand before the name; the name is the last of several words.
      int next = skipBlanks(text, after, last);
      int nextEnd = nameEnd(text, next, last);
      if (nextEnd > next && !text.startsWith("final", next)) {
        return CodeName.at(next, nextEnd);
      }
    }
    return CodeName.at(i, after);
  }

  private Kind function(String text, int from, int last) {
    int i = from;
    if (i < last && "*&<( \t".indexOf(text.charAt(i)) < 0) {
      return Kind.OTHER;
    }
    i = skipBlanks(text, i, last);
    while (is(text, i, last, '*') || is(text, i, last, '&')) {
      i = skipBlanks(text, i + 1, last);
    }
    String receiver = "";
    if (is(text, i, last, '<')) {
      i = skipBlanks(text, afterBrackets(text, i, last, '<', '>'), last);
    } else if (is(text, i, last, '(')) {
      int close = afterBrackets(text, i, last, '(', ')');
      receiver = receiver(text, i + 1, close - 1);
      i = skipBlanks(text, close, last);
    }
    int after = functionNameEnd(text, i, last);
    if (after == i) {
      return Kind.OTHER;
    }
    name =
        receiver.isEmpty()
            ? CodeName.at(i, after)
            : CodeName.of(receiver + text.substring(i, after));
    return Kind.FUNCTION;
  }

  /** The type that Go's methods belong to, with a dot. */
  private static String receiver(String text, int from, int to) {
    int end = Characters.trimEnd(text, from, Math.max(from, to));
    int bracket = end > from ? text.indexOf('[', from, end) : -1;
    end = bracket < 0 ? end : bracket;
    int begin = end;
    while (begin > from && isName(text.charAt(begin - 1))) {
      begin--;
    }
    return begin == end ? "" : text.substring(begin, end) + ".";
  }

  private static int functionNameEnd(String text, int from, int last) {
    if (is(text, from, last, '`')) {
      int close = text.indexOf('`', from + 1, last);
      return close < 0 ? from : close + 1;
    }
    int i = from;
    while (i < last && !Characters.isBlank(text.charAt(i)) && !endsName(text.charAt(i))) {
      i++;
    }
    // Python ends a head with a colon, Ruby names what assigns with an equals sign.
    return i > from && text.charAt(i - 1) == ':' ? i - 1 : i;
  }

  private static boolean endsName(char c) {
    return switch (c) {
      case '(', '<', '[', '{', ';', ',' -> true;
      default -> false;
    };
  }

  private Kind variable(String text, int from, int last) {
    int i = skipBlanks(text, from, last);
    int after = wordEnd(text, i, last);
    boolean function =
        text.indexOf("=>", after, last) >= 0 || text.indexOf("function", after, last) >= 0;
    if (after == i || !function) {
      return Kind.OTHER;
    }
    name = CodeName.at(i, after);
    return Kind.FUNCTION;
  }

  private Kind create(String text, int from, int last) {
    int i = from;
    boolean typed = false;
    while (true) {
      i = skipBlanks(text, i, last);
      int after = wordEnd(text, i, last);
      Role role = after == i ? null : words.role(text, i, after);
      if (role == Role.MODIFIER || role == Role.TYPE) {
        typed |= role == Role.TYPE;
        i = after;
        continue;
      }
      if (!typed) {
        return Kind.STATEMENT;
      }
      int end = i;
      while (end < last
          && !Characters.isBlank(text.charAt(end))
          && "(;".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      name = CodeName.of(text.substring(i, end).replace("\"", "").replace("`", ""));
      return Kind.FUNCTION;
    }
  }

  private Kind shellFunction(String text, int from, int last) {
    int i = from;
    while (i < last && (isName(text.charAt(i)) || ":.-".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    int bracket = skipBlanks(text, i, last);
    if (i == from || !text.startsWith("()", bracket) || bracket + 2 > last) {
      return Kind.OTHER;
    }
    name = CodeName.at(from, i);
    return Kind.FUNCTION;
  }

  /** A function whose name is followed by a bracket: {@code int count(}. */
  private Kind method(String text, int from, int last, boolean modified) {
    int bracket = text.indexOf('(', from, last);
    if (bracket < 0) {
      return isHead(text, from, last) ? Kind.PREFIX : Kind.OTHER;
    }
    int nameEnd = Characters.trimEnd(text, from, bracket);
    int nameBegin = nameEnd;
    while (nameBegin > from && isMethodName(text.charAt(nameBegin - 1))) {
      nameBegin--;
    }
    int operator = syntax.has(Trait.SPLIT_HEADS) ? text.indexOf("operator", from, bracket) : -1;
    if (operator >= 0) {
      nameBegin = operator;
    } else if (!isTypeOnly(text, from, nameBegin) || is(text, bracket + 1, last, '*')) {
      return Kind.OTHER;
    }
    if (nameBegin == nameEnd || words.role(text, nameBegin, nameEnd) == Role.CONTROL) {
      return Kind.OTHER;
    }
    boolean typed = modified || skipBlanks(text, from, nameBegin) < nameBegin;
    boolean method =
        switch (text.charAt(last - 1)) {
          case '{' -> true;
          case ';' -> typed || syntax.has(Trait.METHODS);
          case '}' -> text.indexOf('{', bracket, last) >= 0;
          case ')' -> typed || syntax.has(Trait.SPLIT_HEADS);
          case ',', '(' -> typed || syntax.has(Trait.METHODS);
          default -> typed;
        };
    if (!method) {
      return Kind.OTHER;
    }
    name = CodeName.at(nameBegin, nameEnd);
    return Kind.FUNCTION;
  }

  /** Whether this may be the return type of the function on the next line, or a template's head. */
  private boolean isHead(String text, int from, int last) {
    if (!syntax.has(Trait.SPLIT_HEADS) || last == from) {
      return false;
    }
    char ends = text.charAt(last - 1);
    return (isName(ends) || ends == '*' || ends == '>' || ends == '&')
        && text.indexOf('=', from, last) < 0
        && text.indexOf('"', from, last) < 0;
  }

  /** Whether nothing but a type and words before it stands here. */
  private static boolean isTypeOnly(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < TYPES.length ? !TYPES[c] : !isName(c) && !Characters.isBlank(c)) {
        return false;
      }
    }
    return true;
  }

  private static int afterAnnotation(String text, int at, int last) {
    int i = at + 1;
    while (i < last && (isName(text.charAt(i)) || ".:".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    int bracket = skipBlanks(text, i, last);
    return is(text, bracket, last, '(') ? afterBrackets(text, bracket, last, '(', ')') : i;
  }

  /** Where the bracket that opens here is closed; the end where it is not. */
  private static int afterBrackets(String text, int open, int last, char opening, char closing) {
    int depth = 0;
    for (int i = open; i < last && depth < MOST_DEEP; i++) {
      char c = text.charAt(i);
      if (c == opening) {
        depth++;
      } else if (c == closing && --depth == 0) {
        return i + 1;
      }
    }
    return last;
  }

  private int wordEnd(String text, int from, int last) {
    int i = from;
    if (is(text, i, last, '@')) {
      i++;
    }
    while (i < last && isName(text.charAt(i))) {
      i++;
    }
    // Java has non-sealed types, Rust macro_rules!
    if (i - from == 3 && text.startsWith("non-sealed", from)) {
      return Math.min(last, from + "non-sealed".length());
    }
    return i > from && is(text, i, last, '!') && syntax.has(Trait.LIFETIMES) ? i + 1 : i;
  }

  private static int nameEnd(String text, int from, int last) {
    int i = from;
    while (i < last
        && (isName(text.charAt(i))
            || (".:\\".indexOf(text.charAt(i)) >= 0
                && i > from
                && i + 1 < last
                && !Characters.isBlank(text.charAt(i + 1))))) {
      i++;
    }
    return i;
  }

  private static boolean isMethodName(char c) {
    return isName(c) || c == ':' || c == '~' || c == '#' || c == '.';
  }

  private static boolean isName(char c) {
    return c < NAMES.length ? NAMES[c] : Character.isLetterOrDigit(c);
  }

  private static boolean is(String text, int i, int end, char c) {
    return i >= 0 && i < end && text.charAt(i) == c;
  }

  /** Whether a statement of SQL ends with this line. */
  static boolean endsStatement(String text, int start, int end) {
    int last = Characters.trimEnd(text, start, end);
    return last == start || text.charAt(last - 1) == ';' || text.charAt(last - 1) == '/';
  }
}
