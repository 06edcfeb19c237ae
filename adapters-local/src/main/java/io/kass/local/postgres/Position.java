package io.kass.local.postgres;

import io.kass.ports.Cursor;
import io.kass.ports.error.KassException.InvalidRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A place in a conversation: a mark that stays good when its row goes.
 *
 * @param createdAt the time of the row, or null when it has none
 * @param at the time of the message, or null when it has none
 * @param key the message's
 */
record Position(@Nullable LocalDateTime createdAt, @Nullable Instant at, String key) {
  private static final String NONE = "-";

  static Position of(KnownRow row) {
    return new Position(row.head().createdAt(), row.at(), row.key());
  }

  /** What a cursor of ours says. */
  static Position of(Cursor cursor) {
    String[] parts = cursor.token().split(" ", -1);
    try {
      if (parts.length == 3) {
        return new Position(
            parts[0].equals(NONE) ? null : LocalDateTime.parse(parts[0]),
            parts[1].equals(NONE) ? null : Instant.parse(parts[1]),
            parts[2]);
      }
    } catch (DateTimeException e) {
      throw foreign();
    }
    throw foreign();
  }

  private static InvalidRequest foreign() {
    return new InvalidRequest("This is no mark of a listing of this store.");
  }

  Cursor cursor() {
    return new Cursor(
        (createdAt == null ? NONE : createdAt) + " " + (at == null ? NONE : at) + " " + key);
  }

  /** Whether a row of the same time comes after this place. */
  boolean isBefore(KnownRow row) {
    return KnownRow.ORDER.compare(new KnownRow(row.head(), key, null, at), row) < 0;
  }
}
