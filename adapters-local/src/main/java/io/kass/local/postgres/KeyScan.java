package io.kass.local.postgres;

import io.kass.local.sql.RowNotes;
import io.kass.local.sql.RowNotes.Note;
import io.kass.ports.CallScope;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of all rows in the order of their keys: those of the legacy application in the order of
 * their ids, ours in the order of their notes, each read as far as both were.
 *
 * @param rows in the order of their keys
 * @param reached every key up to this one was looked at; null when there are no more
 */
record KeyScan(List<KnownRow> rows, @Nullable String reached) {
  /**
   * Reads a stretch.
   *
   * @param from the least key that belongs to it
   * @param to the first key that no longer does, or null
   * @param limit how many rows of each kind are looked at; more than one
   */
  static KeyScan read(
      CallScope scope,
      ConversationRows rows,
      RowNames names,
      RowNotes notes,
      String from,
      @Nullable String to,
      int limit)
      throws SQLException {
    long end = to == null ? Long.MAX_VALUE : LegacyKeys.endId(to);
    List<RowHead> heads = rows.inOrder(LegacyKeys.firstId(from), end, limit);
    List<KnownRow> known = names.known(scope, heads);
    List<Note> noted = notes.inOrder(scope, from, to, limit);
    List<KnownRow> ours = names.known(scope, rows.of(noted.stream().map(Note::row).toList()));

    @Nullable String reached =
        earlier(
            known.size() < limit ? null : legacyKey(known.getLast()),
            noted.size() < limit ? null : noted.getLast().key());
    List<KnownRow> merged =
        Stream.concat(
                known.stream().filter(row -> row.note() == null),
                ours.stream().filter(row -> row.note() != null))
            .filter(row -> row.key().compareTo(from) >= 0)
            .filter(row -> to == null || row.key().compareTo(to) < 0)
            .filter(row -> reached == null || row.key().compareTo(reached) <= 0)
            .sorted(Comparator.comparing(KnownRow::key))
            .toList();
    return new KeyScan(merged, reached);
  }

  /** Where a row stands among those of the legacy application. */
  private static String legacyKey(KnownRow row) {
    return row.note() == null ? row.key() : LegacyKeys.key(row.head().id());
  }

  private static @Nullable String earlier(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
