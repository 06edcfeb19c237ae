package io.kass.core.chunking;

import static io.kass.core.chunking.Characters.isBlank;
import static io.kass.core.chunking.Characters.isHan;
import static io.kass.core.chunking.Characters.isHiragana;
import static io.kass.core.chunking.Characters.isKatakana;
import static io.kass.core.chunking.Characters.isUnspaced;
import static io.kass.core.chunking.Characters.isUnspacedComma;
import static io.kass.core.chunking.Characters.skipBlanks;

/** Places within a line where a text may be cut, or where what is repeated of it may begin. */
final class Breaks {
  /** The common ones of {@link SentenceEnds#isStop}. */
  private static final String STOPS = ".?!。？！";

  private Breaks() {}

  /**
   * The last end of a sentence in {@code (after, limit]}, or -1.
   *
   * @param begin nothing before it is looked at
   */
  static int lastSentenceEnd(String text, int begin, int after, int limit) {
    for (int i = limit; i > after; i--) {
      if (SentenceEnds.mayEnd(text.charAt(i - 1))
          && SentenceEnds.isEnd(text, begin, i)
          && Graphemes.isBoundary(text, begin, i)) {
        return i;
      }
    }
    return -1;
  }

  /** The last end of a word in {@code (after, limit]}, or -1. */
  static int lastWordEnd(String text, int begin, int after, int limit) {
    for (int i = limit; i > after; i--) {
      if (isWordBreak(text.charAt(i - 1), text.charAt(i)) && Graphemes.isBoundary(text, begin, i)) {
        return i;
      }
    }
    return -1;
  }

  /** The first beginning of a sentence in {@code [from, end)}, or -1. */
  static int firstSentence(String text, int begin, int from, int end) {
    int stop = nextStop(text, from - 1, end);
    while (stop >= 0) {
      int after = SentenceEnds.skipClosers(text, stop + 1, end);
      int start = skipBlanks(text, after, end);
      if (start < end
          && SentenceEnds.isEnd(text, begin, after)
          && Graphemes.isBoundary(text, begin, start)) {
        return start;
      }
      stop = nextStop(text, after, end);
    }
    return -1;
  }

  /** The first mark in {@code [from, end)} that may end a sentence, or -1. */
  private static int nextStop(String text, int from, int end) {
    int stop = end;
    // The JDK finds one character many times faster than any loop here finds one of several.
    for (int i = 0; i < STOPS.length(); i++) {
      int found = text.indexOf(STOPS.charAt(i), from, stop);
      stop = found < 0 ? stop : found;
    }
    return stop < end ? stop : -1;
  }

  /**
   * The first beginning of a word in {@code [from, end)}, or -1; in scripts without spaces the
   * first character will do.
   */
  static int firstWord(String text, int begin, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (!isBlank(c)
          && isWordBreak(text.charAt(i - 1), c)
          && Graphemes.isBoundary(text, begin, i)) {
        return i;
      }
    }
    return isUnspaced(text.charAt(from)) && isUnspaced(text.charAt(from - 1))
        ? firstBoundary(text, begin, from, end)
        : -1;
  }

  private static int firstBoundary(String text, int begin, int from, int end) {
    for (int i = from; i < end; i++) {
      if (Graphemes.isBoundary(text, begin, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a word ends or begins between the two; in Japanese, where a phrase does. */
  private static boolean isWordBreak(char before, char after) {
    if (isBlank(before) != isBlank(after)) {
      return true;
    }
    if (before < 0x3000) {
      return false;
    }
    return (isUnspacedComma(before) && !isUnspacedComma(after))
        || (SentenceEnds.isWideStop(before) && !SentenceEnds.isCloser(after))
        || (isHiragana(before) && (isHan(after) || isKatakana(after)));
  }

  /**
   * Whether the line break before {@code start} only wraps a sentence: the line before it ends in
   * the middle of one and this line goes on in lower case, or in a script that has no case.
   *
   * @param begin nothing before it is looked at
   */
  static boolean isWrapped(String text, int begin, int start) {
    int end = Math.min(text.length(), start + WindowCutter.LINE_LOOKAHEAD);
    int first = skipBlanks(text, start, end);
    if (first == end) {
      return false;
    }
    char next = text.charAt(first);
    boolean goesOn = Character.isLowerCase(next) || isUnspaced(next);
    if (!goesOn) {
      return false;
    }
    int last =
        Characters.trimEnd(text, Math.max(begin, start - WindowCutter.LINE_LOOKAHEAD), start);
    if (last == begin) {
      return false;
    }
    char before = text.charAt(last - 1);
    return isUnspaced(next)
        ? isUnspaced(before) || isUnspacedComma(before)
        : Character.isLetterOrDigit(before) || before == ',';
  }
}
