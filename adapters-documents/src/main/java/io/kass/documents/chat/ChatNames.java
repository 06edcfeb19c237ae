package io.kass.documents.chat;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the exports of chats have in common. */
final class ChatNames {
  /** Slack names a file by its day and the folder by the channel. */
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z]{2,6}$");

  private ChatNames() {}

  /** The channel that a path names: by its folder where the file is named by a day. */
  static String ofFile(String path) {
    String[] parts = path.replace('\\', '/').split("/", -1);
    String file = EXTENSION.matcher(parts[parts.length - 1]).replaceFirst("");
    if (DAY.matcher(file).matches() && parts.length > 1 && !parts[parts.length - 2].isEmpty()) {
      return parts[parts.length - 2];
    }
    return file;
  }

  static Block message(String author, @Nullable Instant at, String text, String channel) {
    var place = new Place(new Locator.Messages(channel, at, at), List.of(), -1, -1);
    return new Block.ChatMessage(author, at, text, place);
  }

  /** A time with its offset, as {@code 2025-10-27T10:00:00.123+09:00}; null where it is none. */
  static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A name and its value; empty where there is no value. */
  static String pair(String name, String value) {
    return value.isBlank() ? "" : name.isBlank() ? value : name + ": " + value;
  }

  /** The texts that are not blank, a line each, none twice. */
  static String lines(List<String> texts) {
    return texts.stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .distinct()
        .collect(Collectors.joining("\n"));
  }
}
