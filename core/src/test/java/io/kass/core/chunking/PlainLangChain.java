package io.kass.core.chunking;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * LangChain's recursive splitter as its Python edition states it, with lists of strings and no
 * thought of speed: what the one that works on offsets is held against.
 */
record PlainLangChain(int size, int overlap) {
  List<String> split(String text) {
    return split(text, List.of("\n\n", "\n", " ", ""));
  }

  private List<String> split(String text, List<String> separators) {
    var chunks = new ArrayList<String>();
    int level = 0;
    while (!separators.get(level).isEmpty() && !text.contains(separators.get(level))) {
      level++;
    }
    var good = new ArrayList<String>();
    for (String piece : pieces(text, separators.get(level))) {
      if (length(piece) < size) {
        good.add(piece);
      } else {
        chunks.addAll(merge(good));
        good.clear();
        chunks.addAll(split(piece, separators.subList(level + 1, separators.size())));
      }
    }
    chunks.addAll(merge(good));
    return chunks;
  }

  private static List<String> pieces(String text, String separator) {
    if (separator.isEmpty()) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }
    var pieces = new ArrayList<String>();
    String before = "";
    for (String part : text.split(Pattern.quote(separator), -1)) {
      pieces.add(before + part);
      before = separator;
    }
    pieces.removeIf(String::isEmpty);
    return pieces;
  }

  private List<String> merge(List<String> pieces) {
    var chunks = new ArrayList<String>();
    var current = new ArrayList<String>();
    int total = 0;
    for (String piece : pieces) {
      int length = length(piece);
      if (total + length > size && !current.isEmpty()) {
        join(current, chunks);
        while (total > overlap || (total + length > size && total > 0)) {
          total -= length(current.removeFirst());
        }
      }
      current.add(piece);
      total += length;
    }
    join(current, chunks);
    return chunks;
  }

  private static void join(List<String> pieces, List<String> chunks) {
    String text = String.join("", pieces);
    int begin = Characters.skipBlanks(text, 0, text.length());
    int end = Characters.trimEnd(text, begin, text.length());
    if (begin < end) {
      chunks.add(text.substring(begin, end));
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
