package io.kass.documents.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times as the tools of a team write them. */
public final class Times {
  /** ISO-8601 as Backlog has it, as Jira has it, as mail has it, as Git shows it. */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME,
          form("yyyy-MM-dd'T'HH:mm:ss[.SSS]Z"),
          form("EEE, d MMM yyyy HH:mm:ss Z"),
          form("EEE MMM d HH:mm:ss yyyy Z"),
          form("yyyy-MM-dd HH:mm:ss Z"));

  private Times() {}

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** The instant that a text tells, as ISO-8601 in UTC; empty where it tells none. */
  public static String instant(String text) {
    for (DateTimeFormatter form : FORMS) {
      try {
        return form.parse(text.strip(), Instant::from).toString();
      } catch (DateTimeException e) {
        // Perhaps the next one.
      }
    }
    return "";
  }
}
