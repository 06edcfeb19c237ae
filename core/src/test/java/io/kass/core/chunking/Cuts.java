package io.kass.core.chunking;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;

/** Cuts texts as a reader would hand them over. */
final class Cuts {
  private Cuts() {}

  /** The chunks of a text that comes whole. */
  static List<ChunkDraft> cut(Chunker chunker, String text) {
    return cut(chunker, text, List.of());
  }

  /** The chunks of a text that comes in windows which end at these places. */
  static List<ChunkDraft> cut(Chunker chunker, String text, List<Integer> places) {
    var chunks = new ArrayList<ChunkDraft>();
    Chunking chunking = chunker.begin(chunks::add);
    int begin = 0;
    for (int end : places.stream().sorted().toList()) {
      if (end > begin && end < text.length()) {
        chunking.accept(window(text, begin, end));
        begin = end;
      }
    }
    chunking.accept(window(text, begin, text.length()));
    chunking.finish();
    return chunks;
  }

  static List<String> texts(List<ChunkDraft> chunks) {
    return chunks.stream().map(ChunkDraft::text).toList();
  }

  private static Block window(String text, int begin, int end) {
    int first = lineAt(text, begin);
    int last = Math.max(first, lineAt(text, Math.max(begin, end - 1)));
    return new Block.Prose(
        text.substring(begin, end),
        new Place(new Locator.Lines(first, last), List.of(), begin, end));
  }

  /** The number of the line that a character is in, counted from 1. */
  static int lineAt(String text, int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }
}
