package io.kass.cli;

import io.kass.cli.terminal.Printable;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names documents and places so that a person, or their terminal, can open them: {@code
 * guide/setup.md:14}, {@code setup.md:14-20}, {@code paper.pdf p. 3}, {@code prices.xlsx 'Sheet 1'
 * row 7}, {@code export.json #general 2025-10-27 10:00}. Paths below the working directory are
 * relative to it.
 *
 * @param directory the working directory, as a prefix of document ids that ends with {@code /}
 * @param zone the time zone that times are shown in
 */
record References(String directory, ZoneId zone) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  /** References as seen from a directory, which must be its real path. */
  static References from(Path directory, ZoneId zone) {
    String text = directory.toString().replace('\\', '/');
    return new References(text.endsWith("/") ? text : text + "/", zone);
  }

  /** The document's name. */
  String document(DocumentId id) {
    String value = id.value();
    boolean below = value.startsWith(directory) && value.length() > directory.length();
    return Printable.line(below ? value.substring(directory.length()) : value);
  }

  /** The document's name and the place in it. */
  String place(DocumentId id, Place place) {
    String name = document(id);
    return switch (place.locator()) {
      case Locator.Lines(int first, int last) -> name + ":" + range(first, last);
      case Locator.Pages(int first, int last) -> name + " p. " + range(first, last);
      case Locator.Rows(String sheet, int first, int last) ->
          name
              + " '"
              + Printable.line(sheet)
              + (first == last ? "' row " : "' rows ")
              + range(first, last);
      case Locator.Messages(String channel, @Nullable Instant first, @Nullable Instant last) ->
          name
              + (channel.startsWith("#") ? " " : " #")
              + Printable.line(channel)
              + (first == null ? "" : " " + time(first));
      case Locator.Part(String part) -> name + " (" + Printable.line(part) + ")";
      case Locator.Whole() -> name;
    };
  }

  /** A moment to the minute, where the reader is. */
  String time(Instant instant) {
    return MINUTE.format(instant.atZone(zone));
  }

  /** The titles above a place, outermost first; empty where there are none. */
  static String headings(Place place) {
    List<String> titles = place.headings();
    return titles.stream().map(Printable::line).collect(Collectors.joining(" › "));
  }

  private static String range(int first, int last) {
    return first == last ? "" + first : first + "-" + last;
  }
}
