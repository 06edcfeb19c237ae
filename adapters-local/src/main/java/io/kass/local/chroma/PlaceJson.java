package io.kass.local.chroma;

import io.kass.ports.Json;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places as JSON. What is written reads back equal. */
final class PlaceJson {
  private PlaceJson() {}

  static Json write(Place place) {
    var members = new LinkedHashMap<String, Json>();
    members.put("locator", write(place.locator()));
    members.put("headings", Json.ofTexts(place.headings()));
    members.put("begin", Json.of(place.begin()));
    members.put("end", Json.of(place.end()));
    return new Json.Obj(members);
  }

  private static Json write(Locator locator) {
    return switch (locator) {
      case Locator.Lines(int first, int last) -> range("lines", first, last);
      case Locator.Pages(int first, int last) -> range("pages", first, last);
      case Locator.Rows(String sheet, int first, int last) ->
          with(range("rows", first, last), "sheet", Json.of(sheet));
      case Locator.Messages(String channel, @Nullable Instant first, @Nullable Instant last) -> {
        Json.Obj messages = with(kind("messages"), "channel", Json.of(channel));
        yield with(with(messages, "first", time(first)), "last", time(last));
      }
      case Locator.Part(String name) -> with(kind("part"), "name", Json.of(name));
      case Locator.Whole() -> kind("whole");
    };
  }

  private static Json.Obj kind(String kind) {
    return new Json.Obj(Map.of("kind", Json.of(kind)));
  }

  private static Json.Obj range(String kind, int first, int last) {
    return with(with(kind(kind), "first", Json.of(first)), "last", Json.of(last));
  }

  private static Json.Obj with(Json.Obj object, String name, Json value) {
    var members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new Json.Obj(members);
  }

  private static Json time(@Nullable Instant instant) {
    return instant == null ? new Json.Null() : Json.of(instant.toString());
  }

  /**
   * Reads a place.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Place read(Json.Obj place) {
    return new Place(
        locator(OwnMembers.object(place, "locator")),
        OwnMembers.texts(place, "headings"),
        OwnMembers.whole(place, "begin"),
        OwnMembers.whole(place, "end"));
  }

  private static Locator locator(Json.Obj locator) {
    String kind = OwnMembers.text(locator, "kind");
    return switch (kind) {
      case "lines" -> new Locator.Lines(number(locator, "first"), number(locator, "last"));
      case "pages" -> new Locator.Pages(number(locator, "first"), number(locator, "last"));
      case "rows" ->
          new Locator.Rows(
              OwnMembers.text(locator, "sheet"), number(locator, "first"), number(locator, "last"));
      case "messages" ->
          new Locator.Messages(
              OwnMembers.text(locator, "channel"), time(locator, "first"), time(locator, "last"));
      case "part" -> new Locator.Part(OwnMembers.text(locator, "name"));
      case "whole" -> new Locator.Whole();
      default -> throw new IllegalArgumentException("not a locator: " + kind);
    };
  }

  private static int number(Json.Obj object, String name) {
    return Math.toIntExact(OwnMembers.whole(object, name));
  }

  private static @Nullable Instant time(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Text(String text) ? Instant.parse(text) : null;
  }
}
