package io.kass.core.chunking;

import java.util.Locale;
import java.util.Set;

/**
 * Where sentences end, from the characters around a place alone. Western sentences end with a mark
 * and white space, unless the mark belongs to an abbreviation, an initial or a number; Japanese and
 * Chinese ones with their full stop and its closing brackets, no space needed.
 */
final class SentenceEnds {
  private static final int MAX_CLOSERS = 8;
  private static final int MAX_WORD = 12;

  /** A word of up to so many letters is taken for shortened when no new sentence visibly begins. */
  private static final int MAX_SHORTENED = 3;

  /** Never the end of a sentence: something they belong to follows. */
  private static final Set<String> TITLES =
      Set.of(
          "mr", "mrs", "ms", "mx", "dr", "prof", "sr", "jr", "st", "mt", "gen", "col", "capt", "lt",
          "sgt", "rev", "hon", "gov", "sen", "rep", "mme", "mlle", "hr", "fr", "sra", "dra", "vs",
          "cf", "viz", "e.g", "i.e", "eg", "ie", "z.b", "d.h", "u.a", "p.ej", "bzw", "bspw");

  /** The end of a sentence unless a number follows. */
  private static final Set<String> BEFORE_NUMBERS =
      Set.of(
          "no", "nos", "nr", "num", "fig", "figs", "eq", "eqs", "sec", "ch", "chap", "vol", "ver",
          "v", "p", "pp", "art", "abb", "tab", "ref", "refs", "rev", "pt", "ex", "jan", "feb",
          "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

  /** The end of a sentence only if a new one visibly begins. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "etc", "al", "inc", "ltd", "corp", "co", "llc", "dept", "est", "approx", "resp", "incl",
          "excl", "min", "max", "avg", "temp", "misc", "ext", "tel", "ca", "usw", "ggf", "evtl",
          "inkl", "vgl", "etw", "av", "env", "ed", "eds", "trans", "cont", "a.m", "p.m", "a.k.a");

  private static final boolean[] ASCII_CLOSERS = new boolean[128];
  private static final boolean[] ASCII_ENDS = new boolean[128];

  static {
    for (char c : "\"')]}*_`".toCharArray()) {
      ASCII_CLOSERS[c] = true;
    }
    for (char c = 0; c < ASCII_ENDS.length; c++) {
      ASCII_ENDS[c] = isStop(c) || isCloser(c);
    }
  }

  private SentenceEnds() {}

  /** Whether a sentence could end after this character: a quick look before {@link #isEnd}. */
  static boolean mayEnd(char c) {
    return c < 128 ? ASCII_ENDS[c] : c >= 0xBB && (isStop(c) || isCloser(c));
  }

  /**
   * Whether a sentence ends just before {@code index}; any white space after it follows.
   *
   * @param from nothing before it is looked at
   */
  static boolean isEnd(String text, int from, int index) {
    if (index <= from) {
      return false;
    }
    if (!mayEnd(text.charAt(index - 1))) {
      return false;
    }
    int stop = index;
    while (stop > from && index - stop < MAX_CLOSERS && isCloser(text.charAt(stop - 1))) {
      stop--;
    }
    if (stop == from || !isStop(text.charAt(stop - 1))) {
      return false;
    }
    char mark = text.charAt(stop - 1);
    boolean atEnd = index == text.length();
    char next = atEnd ? '\n' : text.charAt(index);
    if (isWideStop(mark) || isAsciiStopInWideText(text, from, stop, next)) {
      return !(mark == '．' && Character.isDigit(next))
          && !isStop(next)
          && !isCloser(next)
          && !(stop < index && goesOnAfterQuote(next));
    }
    return Characters.isBlank(next) && (mark != '.' || isFullStop(text, from, stop - 1, index));
  }

  /** Whether a question or exclamation mark of ASCII stands where a wide one is meant. */
  private static boolean isAsciiStopInWideText(String text, int from, int stop, char next) {
    char mark = text.charAt(stop - 1);
    return (mark == '?' || mark == '!')
        && stop - 2 >= from
        && Characters.isUnspaced(text.charAt(stop - 2))
        && Characters.isUnspaced(next);
  }

  static boolean isStop(char c) {
    return switch (c) {
      case '.', '!', '?', '…', '。', '．', '！', '？', '｡', '‼', '⁇', '⁈', '⁉' -> true;
      default -> false;
    };
  }

  /** A mark that ends a sentence without any white space after it. */
  static boolean isWideStop(char c) {
    return switch (c) {
      case '。', '．', '！', '？', '｡' -> true;
      default -> false;
    };
  }

  /** The index after the quotes and brackets that close with the sentence. */
  static int skipClosers(String text, int from, int end) {
    int i = from;
    while (i < end && i - from < MAX_CLOSERS && isCloser(text.charAt(i))) {
      i++;
    }
    return i;
  }

  static boolean isCloser(char c) {
    if (c < 128) {
      return ASCII_CLOSERS[c];
    }
    return switch (c) {
      case '”', '’', '»', '›', '」', '』', '）', '】', '〕', '｝', '〉', '》', '］', '｣' -> true;
      default -> false;
    };
  }

  /** A sentence goes on after a quoted one when a particle follows the bracket. */
  private static boolean goesOnAfterQuote(char next) {
    return switch (next) {
      case 'と', 'っ', 'が', 'の', 'を', 'は', 'に', 'も', 'だ', 'や', '、', '，' -> true;
      default -> false;
    };
  }

  /**
   * Whether the {@code .} at {@code dot} ends a sentence, white space following at {@code index}.
   */
  private static boolean isFullStop(String text, int from, int dot, int index) {
    int word = dot;
    while (word > from && dot - word <= MAX_WORD && isWordCharacter(text.charAt(word - 1))) {
      word--;
    }
    int length = dot - word;
    if (length == 0 || length > MAX_WORD) {
      return true;
    }
    if (isNumber(text, word, dot)) {
      return length > 3 || !isUnitStart(text, from, word);
    }
    char next = firstVisible(text, index);
    if (length == 1) {
      char letter = text.charAt(word);
      boolean initial =
          Character.isUpperCase(letter) && letter != 'I' && Character.isUpperCase(next);
      return !initial && !Character.isLowerCase(next) && !isAsciiDigit(next);
    }
    String before = text.substring(word, dot).toLowerCase(Locale.ROOT);
    if (TITLES.contains(before)) {
      return false;
    }
    if (BEFORE_NUMBERS.contains(before) && isAsciiDigit(next)) {
      return false;
    }
    if (Character.isLowerCase(next)) {
      return length > MAX_SHORTENED && !isShortened(before);
    }
    return !isAsciiDigit(next) || !isShortened(before);
  }

  private static boolean isShortened(String word) {
    return ABBREVIATIONS.contains(word) || isDotted(word);
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }

  private static boolean isNumber(String text, int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (!isAsciiDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether only white space and marks of lists and quotes stand before it on its line. */
  private static boolean isUnitStart(String text, int from, int index) {
    for (int i = index; i > from; i--) {
      char c = text.charAt(i - 1);
      if (c == '\n') {
        return true;
      }
      if (!Characters.isBlank(c) && c != '#' && c != '>' && c != '-' && c != '*' && c != '+') {
        return false;
      }
    }
    return true;
  }

  /** Letters with dots between them, such as {@code U.S} in {@code U.S.}. */
  private static boolean isDotted(String word) {
    int run = 0;
    boolean dotted = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '.') {
        dotted = true;
        run = 0;
      } else if (!Character.isLetter(c) || ++run > 2) {
        return false;
      }
    }
    return dotted;
  }

  /** The first character at or after the index that is neither blank nor an opening mark. */
  private static char firstVisible(String text, int index) {
    int end = Math.min(text.length(), index + 16);
    for (int i = index; i < end; i++) {
      char c = text.charAt(i);
      if (!Characters.isBlank(c) && c != '"' && c != '\'' && c != '(' && c != '“' && c != '‘') {
        return c;
      }
    }
    return '\n';
  }

  private static boolean isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
