package io.kass.core.assistant;

import io.kass.core.chunking.ChunkParts;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.index.Chunk;

/** Where a part of a chunk stands in the document. */
final class QuotePlaces {
  private QuotePlaces() {}

  /** The place of the span from {@code begin} to {@code end} of the chunk's text. */
  static Place of(Chunk chunk, int begin, int end) {
    Place place = chunk.place();
    Locator part = ChunkParts.at(place.locator(), chunk.metadata(), begin, end);
    Locator locator = part != null ? part : counted(chunk, begin, end);
    return place.begin() < 0
        ? new Place(locator, place.headings(), -1, -1)
        : new Place(locator, place.headings(), place.begin() + begin, place.begin() + end);
  }

  /** Within a chunk that is exactly a part of its document, lines can be counted. */
  private static Locator counted(Chunk chunk, int begin, int end) {
    return switch (chunk.place().locator()) {
      case Locator.Lines(int first, int last) -> {
        int from = Math.min(last, first + lineBreaks(chunk.passage(), 0, begin));
        yield new Locator.Lines(
            from, Math.min(last, from + lineBreaks(chunk.passage(), begin, end)));
      }
      case Locator.Pages pages -> pages;
      case Locator.Rows rows -> rows;
      case Locator.Messages messages -> messages;
      case Locator.Part part -> part;
      case Locator.Whole whole -> whole;
    };
  }

  /** Counts {@code \n}, {@code \r\n} and lone {@code \r} alike, once each. */
  private static int lineBreaks(String text, int begin, int end) {
    int count = 0;
    for (int i = begin; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
        count++;
      }
    }
    return count;
  }
}
