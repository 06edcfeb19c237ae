package io.kass.core.chunking;

import java.util.List;

/**
 * Cuts running text after the last paragraph that ends in the second half of what fits, or else
 * after the last line, sentence or word. Lines are looked at only where a chunk may end or begin;
 * elsewhere they are counted.
 */
final class RecursiveCutter extends WindowCutter {
  private final LineBreaks breaks = new LineBreaks();

  /** How far lines were counted, and how many ended before that. */
  private int counted;

  private int line;

  RecursiveCutter(ChunkSizes sizes, Output output) {
    super(sizes, sizes.size() + MAX_NEWLINE + 1 + LINE_LOOKAHEAD, output);
  }

  @Override
  int cut(int begin, int fresh, int limit, int rest) {
    breaks.load(text, begin, Math.min(text.length(), limit + MAX_NEWLINE));
    if (rest <= limit) {
      return rest;
    }
    int after = Math.max(fresh, begin + sizes.size() / 2);
    int newline = lastNewline(after, limit);
    if (newline >= 0) {
      int paragraph = lastParagraph(begin, after, newline);
      if (paragraph >= 0) {
        return paragraph;
      }
      for (int i = newline; i >= 0; i = breaks.last(after, i)) {
        if (!Breaks.isWrapped(text, begin, i + 1)) {
          return i + 1;
        }
      }
    }
    int sentence = Breaks.lastSentenceEnd(text, begin, after, limit);
    if (sentence >= 0) {
      return sentence;
    }
    return newline >= 0 ? newline + 1 : Breaks.lastWordEnd(text, begin, fresh, limit);
  }

  /** The last newline from {@code after} on whose line ends within the limit, or -1. */
  private int lastNewline(int after, int limit) {
    int end = Math.min(text.length(), limit + MAX_NEWLINE);
    int newline = breaks.last(after, end);
    return newline < 0 || endsBefore(newline + 1, limit) ? newline : breaks.last(after, newline);
  }

  /** The last line that is blank or follows a blank one, up to the one after a newline, or -1. */
  private int lastParagraph(int begin, int after, int newline) {
    if (isBlankLine(newline + 1)) {
      return newline + 1;
    }
    for (int end = newline; end >= after; end = breaks.last(begin, end)) {
      if (breaks.endsBlankLine(begin, end)) {
        return end + 1;
      }
    }
    return -1;
  }

  /** Whether the line that begins here has nothing to see, however it ends. */
  private boolean isBlankLine(int start) {
    int limit = start + LINE_LOOKAHEAD;
    for (int i = start; i < limit; i++) {
      if (i == text.length()) {
        return true;
      }
      char c = text.charAt(i);
      if (c == '\n') {
        return true;
      }
      if (!Characters.isBlank(c)) {
        return false;
      }
    }
    return false;
  }

  @Override
  int repeatFrom(int begin, int from, int end, int cut) {
    for (int newline = text.indexOf('\n', from - 1, end - 1);
        newline >= 0;
        newline = text.indexOf('\n', newline + 1, end - 1)) {
      int start = newline + 1;
      if (!isBlankLine(start) && !Breaks.isWrapped(text, begin, start)) {
        return firstVisible(start, end);
      }
    }
    int sentence = Breaks.firstSentence(text, begin, from, end);
    return sentence >= 0 ? sentence : Breaks.firstWord(text, begin, from, end);
  }

  @Override
  List<String> headings(int begin, int end) {
    return List.of();
  }

  @Override
  int firstLine(int begin) {
    if (begin < counted) {
      return line - breaks.count(begin, counted);
    }
    countTo(begin);
    return line;
  }

  @Override
  int lastLine(int last) {
    line += breaks.count(counted, last);
    counted = last;
    return line;
  }

  /** Counts lines outside of any chunk. */
  private void countTo(int position) {
    for (int i = text.indexOf('\n', counted, position);
        i >= 0;
        i = text.indexOf('\n', i + 1, position)) {
      line++;
    }
    counted = position;
  }

  @Override
  void shiftLines(int by) {
    if (counted < by) {
      countTo(by);
    }
    counted -= by;
  }
}
