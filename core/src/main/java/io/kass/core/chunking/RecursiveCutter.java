package io.kass.core.chunking;

import java.util.List;

/**
 * Cuts running text after the last paragraph that ends in the second half of what fits, or else
 * after the last line, sentence or word.
 */
final class RecursiveCutter extends TextCutter {
  private static final int BLANK = 1;
  private static final int PARAGRAPH = 2;

  private boolean afterBlank;

  RecursiveCutter(ChunkSizes sizes, Output output) {
    super(sizes, sizes.size() + MAX_NEWLINE + 1 + LINE_LOOKAHEAD, output);
  }

  @Override
  void readLine(int start, int end) {
    boolean blank = start == end || isBlankLine(start, end);
    lines.add(start, (blank ? BLANK : 0) | (blank || afterBlank ? PARAGRAPH : 0));
    afterBlank = blank;
  }

  @Override
  int cut(int begin, int fresh, int limit, int rest) {
    if (rest <= limit) {
      return rest;
    }
    int after = Math.max(fresh, begin + sizes.size() / 2);
    int line = -1;
    int wrapped = -1;
    for (int i = lines.indexAt(limit + MAX_NEWLINE);
        i >= lines.first() && lines.start(i) > after;
        i--) {
      int start = lines.start(i);
      if (!endsBefore(start, limit)) {
        continue;
      }
      if ((lines.mark(i) & PARAGRAPH) != 0) {
        return start;
      }
      if (line < 0 && !Breaks.isWrapped(text, begin, start)) {
        line = start;
      }
      wrapped = Math.max(wrapped, start);
    }
    if (line >= 0) {
      return line;
    }
    int sentence = Breaks.lastSentenceEnd(text, begin, after, limit);
    if (sentence >= 0) {
      return sentence;
    }
    return wrapped >= 0 ? wrapped : Breaks.lastWordEnd(text, begin, fresh, limit);
  }

  @Override
  int repeatFrom(int begin, int from, int end, int cut) {
    for (int i = lines.indexAt(from - 1) + 1; i < lines.end() && lines.start(i) < end; i++) {
      if ((lines.mark(i) & BLANK) == 0 && !Breaks.isWrapped(text, begin, lines.start(i))) {
        return firstVisible(lines.start(i), end);
      }
    }
    int sentence = Breaks.firstSentence(text, begin, from, end);
    return sentence >= 0 ? sentence : Breaks.firstWord(text, begin, from, end);
  }

  @Override
  List<String> headings(int begin, int end) {
    return List.of();
  }
}
