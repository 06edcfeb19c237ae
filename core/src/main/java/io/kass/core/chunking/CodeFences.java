package io.kass.core.chunking;

import java.util.ArrayList;
import java.util.List;

/**
 * Guesses whether a piece of Markdown begins inside a block of code, which happens where a block
 * was too long for one chunk.
 */
final class CodeFences {
  /** A line that opens or closes a block; only one that opens can name a language. */
  private record Fence(int start, char mark, boolean named) {}

  private CodeFences() {}

  /** The mark of the block of code that the text begins in, or 0 if it begins in none. */
  static char markAtBegin(String text) {
    List<Fence> fences = find(text);
    if (fences.isEmpty()) {
      return 0;
    }
    char mark = fences.getFirst().mark();
    fences.removeIf(fence -> fence.mark() != mark);
    for (int i = 0; i < fences.size(); i++) {
      if (fences.get(i).named()) {
        return i % 2 == 0 ? 0 : mark;
      }
    }
    boolean paired = fences.size() % 2 == 0;
    return paired || isProse(text, fences.getFirst().start()) ? 0 : mark;
  }

  private static List<Fence> find(String text) {
    var fences = new ArrayList<Fence>();
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      int length = MarkdownLine.fence(text, start, end);
      if (length > 0) {
        int mark = Characters.skipBlanks(text, start, end);
        boolean named = Characters.skipBlanks(text, mark + length, end) < end;
        fences.add(new Fence(start, text.charAt(mark), named));
      }
      start = end + 1;
    }
    return fences;
  }

  /** Whether any line before {@code end} ends as prose does, or is a heading. */
  private static boolean isProse(String text, int end) {
    int start = 0;
    while (start < end) {
      int newline = Math.min(end, text.indexOf('\n', start));
      int last = Characters.trimEnd(text, start, newline);
      char c = last > start ? text.charAt(last - 1) : ' ';
      if (c == '.' || c == ':' || c == '：' || SentenceEnds.isWideStop(c)) {
        return true;
      }
      if (MarkdownLine.headingLevel(text, start, newline) > 0) {
        return true;
      }
      start = newline + 1;
    }
    return false;
  }
}
