package io.kass.ports.document;

import io.kass.ports.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places as JSON, so that every store keeps them in the same shape and migrations compare them. */
public final class Places {
  private Places() {}

  /** The place as an object; {@link #fromJson} reads it back to an equal place. */
  public static Json.Obj toJson(Place place) {
    var out = new LinkedHashMap<String, Json>();
    switch (place.locator()) {
      case Locator.Lines(int first, int last) -> range(out, "lines", first, last);
      case Locator.Pages(int first, int last) -> range(out, "pages", first, last);
      case Locator.Rows(String sheet, int first, int last) -> {
        range(out, "rows", first, last);
        out.put("sheet", Json.of(sheet));
      }
      case Locator.Messages(String channel, @Nullable Instant first, @Nullable Instant last) -> {
        out.put("channel", Json.of(channel));
        putInstant(out, "from", first);
        putInstant(out, "to", last);
      }
      case Locator.Part(String name) -> out.put("part", Json.of(name));
      case Locator.Whole() -> {}
    }
    if (!place.headings().isEmpty()) {
      out.put("headings", Json.ofTexts(place.headings()));
    }
    if (place.begin() >= 0) {
      out.put("span", new Json.Array(List.of(Json.of(place.begin()), Json.of(place.end()))));
    }
    return new Json.Obj(out);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it is not of that shape
   */
  public static Place fromJson(Json.Obj json) {
    long[] span = json.get("span") instanceof Json.Array a ? longs(a) : new long[] {-1, -1};
    var headings = new ArrayList<String>();
    if (json.get("headings") instanceof Json.Array titles) {
      titles.items().forEach(title -> headings.add(text(title)));
    }
    return new Place(locator(json), headings, span[0], span[1]);
  }

  private static Locator locator(Json.Obj json) {
    if (json.get("lines") instanceof Json.Array a) {
      return new Locator.Lines((int) longs(a)[0], (int) longs(a)[1]);
    }
    if (json.get("pages") instanceof Json.Array a) {
      return new Locator.Pages((int) longs(a)[0], (int) longs(a)[1]);
    }
    if (json.get("rows") instanceof Json.Array a && json.get("sheet") instanceof Json.Text sheet) {
      return new Locator.Rows(sheet.value(), (int) longs(a)[0], (int) longs(a)[1]);
    }
    if (json.get("channel") instanceof Json.Text channel) {
      return new Locator.Messages(
          channel.value(), instant(json.get("from")), instant(json.get("to")));
    }
    if (json.get("part") instanceof Json.Text part) {
      return new Locator.Part(part.value());
    }
    return new Locator.Whole();
  }

  private static void range(Map<String, Json> out, String name, int first, int last) {
    out.put(name, new Json.Array(List.of(Json.of((long) first), Json.of((long) last))));
  }

  private static void putInstant(Map<String, Json> out, String name, @Nullable Instant instant) {
    if (instant != null) {
      out.put(name, Json.of(instant.toString()));
    }
  }

  private static @Nullable Instant instant(@Nullable Json json) {
    return json == null ? null : Instant.parse(text(json));
  }

  private static long[] longs(Json.Array pair) {
    if (pair.items().size() == 2
        && pair.items().get(0) instanceof Json.Int first
        && pair.items().get(1) instanceof Json.Int last) {
      return new long[] {first.value(), last.value()};
    }
    throw new IllegalArgumentException("not a pair of whole numbers: " + pair.canonical());
  }

  private static String text(Json json) {
    if (json instanceof Json.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("not a text: " + json.canonical());
  }
}
