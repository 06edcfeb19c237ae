package io.kass.core.chunking;

/** The words of a heading, without its markup. */
final class HeadingText {
  /** Markup, and white space but the plain one. */
  private static final boolean[] SPECIAL = new boolean[128];

  static {
    for (char c = 0; c < SPECIAL.length; c++) {
      SPECIAL[c] = c < ' ' || "\\*`~_<![".indexOf(c) >= 0;
    }
  }

  private HeadingText() {}

  /** The words of the heading line {@code [start, end)}. */
  static String of(String text, int start, int end) {
    int from = Characters.skipBlanks(text, start, end);
    while (from < end && text.charAt(from) == '#') {
      from++;
    }
    int to = withoutClosing(text, from, Characters.trimEnd(text, from, end));
    from = Characters.skipBlanks(text, from, to);
    if (isPlain(text, from, to)) {
      return text.substring(from, to);
    }
    var out = new StringBuilder(to - from);
    for (int i = from; i < to; ) {
      i = copy(text, i, to, out);
    }
    return tidy(out);
  }

  /** Whether there is nothing to take out: most headings are plain words with one space between. */
  private static boolean isPlain(String text, int from, int to) {
    char before = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= SPECIAL.length || SPECIAL[c] || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return true;
  }

  /** Where a heading ends before a closing run of {@code #} and an id in braces. */
  private static int withoutClosing(String text, int from, int end) {
    int to = withoutHashes(text, from, end);
    if (to > from && text.charAt(to - 1) == '}') {
      int brace = to - 2;
      while (brace >= from && !text.startsWith("{#", brace)) {
        brace--;
      }
      if (brace >= from) {
        to = withoutHashes(text, from, Characters.trimEnd(text, from, brace));
      }
    }
    return to;
  }

  private static int withoutHashes(String text, int from, int end) {
    int hashes = end;
    while (hashes > from && text.charAt(hashes - 1) == '#') {
      hashes--;
    }
    boolean closing = hashes == from || Characters.isBlank(text.charAt(hashes - 1));
    return closing ? Characters.trimEnd(text, from, hashes) : end;
  }

  /** Copies what stands at {@code i} and returns where to go on. */
  private static int copy(String text, int i, int end, StringBuilder out) {
    char c = text.charAt(i);
    switch (c) {
      case '\\' -> {
        if (i + 1 < end && !Character.isLetterOrDigit(text.charAt(i + 1))) {
          out.append(text.charAt(i + 1));
          return i + 2;
        }
      }
      case '*', '`', '~' -> {
        return i + 1;
      }
      case '_' -> {
        if (!isInsideWord(text, i, end)) {
          return i + 1;
        }
      }
      case '<' -> {
        int close = text.indexOf('>', i + 1, end);
        if (close > 0 && isTag(text.charAt(i + 1))) {
          return close + 1;
        }
      }
      case '!', '[' -> {
        int label = c == '!' ? i + 1 : i;
        int bracket =
            label < end && text.charAt(label) == '[' ? closing(text, label, end, '[', ']') : -1;
        if (bracket > 0 && bracket + 1 < end && text.charAt(bracket + 1) == '(') {
          int target = closing(text, bracket + 1, end, '(', ')');
          if (target > 0) {
            for (int k = label + 1; k < bracket; ) {
              k = copy(text, k, bracket, out);
            }
            return target + 1;
          }
        }
      }
      default -> {}
    }
    out.append(c);
    return i + 1;
  }

  private static boolean isInsideWord(String text, int i, int end) {
    return i > 0
        && i + 1 < end
        && Character.isLetterOrDigit(text.charAt(i - 1))
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }

  private static boolean isTag(char c) {
    return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int closing(String text, int open, int end, char opening, char closing) {
    int depth = 0;
    for (int i = open; i < end; i++) {
      char c = text.charAt(i);
      if (c == opening) {
        depth++;
      } else if (c == closing && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** One space for every run of white space, none at the ends. */
  private static String tidy(StringBuilder words) {
    boolean blank = true;
    int length = 0;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean nowBlank = Characters.isBlank(c);
      if (!nowBlank || !blank) {
        words.setCharAt(length++, nowBlank ? ' ' : c);
      }
      blank = nowBlank;
    }
    words.setLength(length);
    return words.toString().strip();
  }
}
