package io.kass.core.chunking;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Locator;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which messages or rows a chunk is made of, and where each begins in its text: so that a quote
 * names the one it is of. Kept in the chunk's metadata as {@code parts}, a list of pairs: the
 * offset, and the time of the message or the number of the row.
 */
public final class ChunkParts {
  /** The name in the metadata. */
  public static final String FIELD = "parts";

  private record Part(int begin, Locator locator) {}

  private final List<Part> parts = new ArrayList<>();

  /** Adds the part that begins there; in the order of the text. */
  void add(int begin, Locator locator) {
    if (parts.isEmpty() || !parts.getLast().locator().equals(locator)) {
      parts.add(new Part(begin, locator));
    }
  }

  /** The metadata with these parts, where there are several that can be told apart. */
  Metadata in(Metadata metadata) {
    var pairs = new ArrayList<Json>();
    for (Part part : parts) {
      Json mark = mark(part.locator());
      if (mark == null) {
        return metadata;
      }
      pairs.add(new Json.Array(List.of(Json.of((long) part.begin()), mark)));
    }
    return pairs.size() < 2 ? metadata : metadata.with(FIELD, new Json.Array(pairs));
  }

  private static @Nullable Json mark(Locator locator) {
    return switch (locator) {
      case Locator.Messages(String channel, @Nullable Instant first, @Nullable Instant last) ->
          first == null ? null : Json.of(first.toString());
      case Locator.Rows(String sheet, int first, int last) -> Json.of((long) first);
      case Locator.Lines(int first, int last) -> Json.of((long) first);
      case Locator.Pages pages -> null;
      case Locator.Part part -> null;
      case Locator.Whole whole -> null;
    };
  }

  /**
   * Where a part of a chunk's text stands.
   *
   * @param whole where the chunk does
   * @param metadata of the chunk
   * @param begin of the part in the chunk's text
   * @param end of the same, after its last character
   * @return null when nothing more is known than of the whole
   */
  public static @Nullable Locator at(Locator whole, Metadata metadata, int begin, int end) {
    if (!(metadata.get(FIELD) instanceof Json.Array(List<Json> pairs))) {
      return null;
    }
    Json first = null;
    Json last = null;
    for (Json pair : pairs) {
      if (!(pair instanceof Json.Array(List<Json> items))
          || items.size() != 2
          || !(items.get(0) instanceof Json.Int(long at))) {
        return null; // another's, who calls something else so
      }
      if (at <= begin || first == null) {
        first = items.get(1);
      }
      if (at < end || last == null) {
        last = items.get(1);
      }
    }
    return first == null || last == null ? null : between(whole, first, last);
  }

  private static @Nullable Locator between(Locator whole, Json first, Json last) {
    return switch (whole) {
      case Locator.Messages(String channel, var from, var to) -> {
        Instant begin = instant(first);
        Instant end = instant(last);
        yield begin == null || end == null ? null : new Locator.Messages(channel, begin, end);
      }
      case Locator.Rows(String sheet, int from, int to) ->
          isRange(first, last) ? new Locator.Rows(sheet, number(first), number(last)) : null;
      case Locator.Lines lines ->
          isRange(first, last) ? new Locator.Lines(number(first), number(last)) : null;
      case Locator.Pages pages -> null;
      case Locator.Part part -> null;
      case Locator.Whole all -> null;
    };
  }

  private static boolean isRange(Json first, Json last) {
    return number(first) >= 1 && number(last) >= number(first);
  }

  private static int number(Json json) {
    return json instanceof Json.Int(long value) && value <= Integer.MAX_VALUE ? (int) value : 0;
  }

  private static @Nullable Instant instant(Json json) {
    try {
      return json instanceof Json.Text(String text) ? Instant.parse(text) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
