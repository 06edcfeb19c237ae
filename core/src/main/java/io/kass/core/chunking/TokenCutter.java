package io.kass.core.chunking;

import io.kass.ports.chat.TokenCounter;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text after lines, by its length in tokens; a line that is too long for a chunk is cut
 * after a sentence or a word. Holds the whole text, so it is for texts that are given in one piece.
 * A part of a text is counted once, and never more than a few thousand characters at a time.
 */
final class TokenCutter implements Cutter {
  /** Characters to a token in most texts; what is counted at once is no longer than a chunk so. */
  private static final int CHARACTERS = 4;

  private final ChunkSizes sizes;
  private final TokenCounter counter;
  private final Output output;
  private final StringBuilder whole = new StringBuilder();
  private final List<Unit> units = new ArrayList<>();

  /** A line, or a part of one that is long, with its break. */
  private record Unit(int begin, int end, int tokens, int line) {}

  /** Cuts into chunks of these sizes, in tokens. */
  TokenCutter(ChunkSizes sizes, TokenCounter counter, Output output) {
    this.sizes = sizes;
    this.counter = counter;
    this.output = output;
  }

  @Override
  public void append(String window) {
    whole.append(window);
  }

  @Override
  public void finish() {
    String text = whole.toString();
    whole.setLength(0);
    units(text);
    int from = 0;
    while (from < units.size()) {
      int to = from;
      int tokens = 0;
      while (to < units.size() && tokens + units.get(to).tokens() <= sizes.size()) {
        tokens += units.get(to).tokens();
        to++;
      }
      emit(text, from, to);
      // What is blank is nothing new to a chunk.
      while (to < units.size() && isBlank(text, units.get(to))) {
        to++;
      }
      from = to < units.size() ? next(from, to) : to;
    }
    units.clear();
  }

  /** The first unit of the next chunk, which repeats some of those before {@code to}. */
  private int next(int from, int to) {
    int room = Math.min(sizes.overlap(), sizes.size() - units.get(to).tokens());
    int next = to;
    int tokens = 0;
    while (next - 1 > from && tokens + units.get(next - 1).tokens() <= room) {
      next--;
      tokens += units.get(next).tokens();
    }
    return next;
  }

  private void emit(String text, int from, int to) {
    int first = from;
    while (first < to && isBlank(text, units.get(first))) {
      first++;
    }
    int last = to;
    while (last > first && isBlank(text, units.get(last - 1))) {
      last--;
    }
    if (first == last) {
      return;
    }
    int begin = units.get(first).begin();
    int end = Characters.trimEnd(text, begin, units.get(last - 1).end());
    end = Graphemes.isBoundary(text, begin, end) ? end : end + 1;
    output.chunk(
        text.substring(begin, end),
        begin,
        units.get(first).line(),
        units.get(last - 1).line(),
        List.of());
  }

  private static boolean isBlank(String text, Unit unit) {
    return Characters.skipBlanks(text, unit.begin(), unit.end()) == unit.end();
  }

  private void units(String text) {
    int line = 0;
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      while (start < end) {
        start = unit(text, start, end, line);
      }
      line++;
    }
  }

  /** Adds what fits into a chunk of the line that is left; where it ends. */
  private int unit(String text, int begin, int lineEnd, int line) {
    int end = Math.min(lineEnd, begin + CHARACTERS * sizes.size());
    int tokens = count(text, begin, end);
    while (tokens > sizes.size()) {
      // Most texts have the same number of tokens in equal parts, so this is hardly ever repeated.
      end = begin + Math.max(1, (int) ((end - begin) * 0.9 * sizes.size() / tokens));
      tokens = count(text, begin, end);
    }
    if (end < lineEnd) {
      end = cut(text, begin, end);
      tokens = count(text, begin, end);
    }
    units.add(new Unit(begin, end, tokens, line));
    return end;
  }

  private static int cut(String text, int begin, int limit) {
    int half = begin + (limit - begin) / 2;
    int sentence = Breaks.lastSentenceEnd(text, begin, half, limit);
    if (sentence >= 0) {
      return sentence;
    }
    int word = Breaks.lastWordEnd(text, begin, half, limit);
    return word >= 0 ? word : Graphemes.lastBoundary(text, begin, limit);
  }

  private int count(String text, int begin, int end) {
    return counter.count(text.substring(begin, end));
  }
}
