package io.kass.local.postgres;

import static java.util.Comparator.naturalOrder;

import io.kass.local.sql.RowNotes.Note;
import java.time.Instant;
import java.time.chrono.ChronoLocalDateTime;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A row without its content, by the key of its message.
 *
 * @param head the row
 * @param key its message's
 * @param note what is noted of it, or null where the legacy application wrote it
 * @param at when it was said, or null when that is not known
 */
record KnownRow(RowHead head, String key, @Nullable Note note, @Nullable Instant at) {
  /**
   * Of the messages of a conversation: by time and key. The row's time comes first, because that is
   * what the server sorts by; of two rows the one with the later time has no earlier message.
   */
  static final Comparator<KnownRow> ORDER =
      Comparator.comparing(KnownRow::createdAt, Comparator.nullsFirst(naturalOrder()))
          .thenComparing(KnownRow::at, Comparator.nullsFirst(naturalOrder()))
          .thenComparing(KnownRow::key);

  private @Nullable ChronoLocalDateTime<?> createdAt() {
    return head.createdAt();
  }
}
