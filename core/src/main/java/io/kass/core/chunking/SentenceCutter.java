package io.kass.core.chunking;

import java.util.List;

/** Cuts running text after the last sentence that fits. */
final class SentenceCutter extends TextCutter {
  SentenceCutter(ChunkSizes sizes, Output output) {
    super(sizes, sizes.size() + MAX_NEWLINE + 1 + LINE_LOOKAHEAD, output);
  }

  @Override
  void readLine(int start, int end) {
    lines.add(start, 0);
  }

  @Override
  int cut(int begin, int fresh, int limit, int rest) {
    if (rest <= limit) {
      return rest;
    }
    int line = lastLine(begin, fresh, limit);
    int sentence = Breaks.lastSentenceEnd(text, begin, Math.max(fresh, line), limit);
    if (sentence >= 0 || line >= 0) {
      return Math.max(sentence, line);
    }
    return Breaks.lastWordEnd(text, begin, fresh, limit);
  }

  /** The last line within reach that does not go on with a sentence, or -1. */
  private int lastLine(int begin, int fresh, int limit) {
    for (int i = lines.indexAt(limit + MAX_NEWLINE);
        i >= lines.first() && lines.start(i) > fresh;
        i--) {
      int start = lines.start(i);
      if (endsBefore(start, limit) && !Breaks.isWrapped(text, begin, start)) {
        return start;
      }
    }
    return -1;
  }

  @Override
  int repeatFrom(int begin, int from, int end, int cut) {
    int sentence = Breaks.firstSentence(text, begin, from, end);
    for (int i = lines.indexAt(from - 1) + 1; i < lines.end() && lines.start(i) < end; i++) {
      int visible = firstVisible(lines.start(i), end);
      if (visible >= 0 && !Breaks.isWrapped(text, begin, lines.start(i))) {
        return sentence >= 0 ? Math.min(sentence, visible) : visible;
      }
    }
    return sentence >= 0 ? sentence : Breaks.firstWord(text, begin, from, end);
  }

  @Override
  List<String> headings(int begin, int end) {
    return List.of();
  }
}
