package io.kass.local.sqlite;

import io.kass.local.sql.RowNotes;
import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes on rows elsewhere, a row a note. */
final class SqliteRowNotes implements RowNotes {
  private static final String SELECT =
      "SELECT key, id, mark, conversation, user, at, metadata FROM row_note ";

  private final SqliteDatabase database;

  SqliteRowNotes(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void write(CallScope scope, List<Note> notes) {
    database.write(
        scope,
        Durability.POWER,
        session -> {
          for (Note note : notes) {
            session.update(
                "INSERT OR REPLACE INTO row_note"
                    + " (key, id, mark, conversation, user, at, metadata)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                note.key(),
                note.row(),
                note.mark(),
                note.conversation().value(),
                note.user().value(),
                Columns.micros(note.at()),
                note.metadata().canonical());
          }
          return notes;
        });
  }

  @Override
  public List<Note> ofRows(CallScope scope, Collection<Long> rows) {
    var ids = new Json.Array(rows.stream().map(Json::of).toList());
    return list(scope, "WHERE id IN (SELECT value FROM json_each(?))", ids.canonical());
  }

  @Override
  public List<Note> ofKeys(CallScope scope, Collection<String> keys) {
    return list(
        scope,
        "WHERE key IN (SELECT value FROM json_each(?))",
        Json.ofTexts(List.copyOf(keys)).canonical());
  }

  @Override
  public List<Note> inOrder(CallScope scope, String from, @Nullable String to, int limit) {
    return list(
        scope, "WHERE key >= ? AND key < ? ORDER BY key LIMIT ?", from, Columns.end(to), limit);
  }

  @Override
  public void forget(CallScope scope, ConversationId conversation) {
    forget(scope, "conversation", conversation.value());
  }

  @Override
  public void forget(CallScope scope, UserId user) {
    forget(scope, "user", user.value());
  }

  private void forget(CallScope scope, String column, String value) {
    database.write(
        scope,
        Durability.POWER,
        session -> session.update("DELETE FROM row_note WHERE " + column + " = ?", value));
    database.forgetDeleted(scope);
  }

  private List<Note> list(CallScope scope, String where, Object... parameters) {
    return database.read(
        scope, session -> session.list(SELECT + where, SqliteRowNotes::note, parameters));
  }

  private static Note note(ResultSet row) throws SQLException {
    return new Note(
        row.getString("key"),
        row.getLong("id"),
        row.getString("mark"),
        new ConversationId(row.getString("conversation")),
        new UserId(row.getString("user")),
        Columns.known(row.getLong("at")),
        Columns.metadata(row.getString("metadata")));
  }
}
