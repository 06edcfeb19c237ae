package io.kass.local.sqlite;

import io.kass.local.sqlite.Columns.Position;
import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.tool.ToolLog;
import io.kass.ports.tool.ToolLogEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The record of tool calls, a row a call. */
final class SqliteToolLog implements ToolLog {
  private static final int PAGE_ENTRIES = 200;
  private static final int PAGE_CHARACTERS = 500_000;
  private static final PageRule<ToolLogEntry> PAGE =
      new PageRule<>(
          PAGE_ENTRIES,
          PAGE_CHARACTERS,
          entry -> entry.arguments().length() + entry.outcome().length(),
          entry -> true,
          last -> new Position(Columns.micros(last.at()), last.id()).cursor());

  private final SqliteDatabase database;

  SqliteToolLog(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void append(CallScope scope, ToolLogEntry entry) {
    database.write(
        scope,
        Durability.PROCESS,
        session ->
            session.update(
                "INSERT INTO tool_call (id, tool, user, correlation, arguments, success, outcome,"
                    + " at, took) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                entry.id(),
                entry.tool(),
                entry.user().value(),
                entry.correlationId(),
                Bytewise.whole(entry.arguments()),
                entry.success() ? 1 : 0,
                Bytewise.whole(entry.outcome()),
                Columns.micros(entry.at()),
                entry.took().toNanos()));
  }

  @Override
  public Page<ToolLogEntry> page(CallScope scope, String tool, Cursor cursor) {
    Position before =
        cursor.equals(Cursor.START) ? new Position(Long.MAX_VALUE, "") : Position.of(cursor);
    return database.read(
        scope,
        session ->
            session.page(
                PAGE,
                "SELECT id, tool, user, correlation, arguments, success, outcome, at, took"
                    + " FROM tool_call WHERE tool = ? AND (at, id) < (?, ?)"
                    + " ORDER BY at DESC, id DESC",
                SqliteToolLog::entry,
                tool,
                before.micros(),
                before.name()));
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return database.countRowsOf(scope, "tool_call", user);
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return database.deleteRowsOf(scope, "tool_call", user);
  }

  private static ToolLogEntry entry(ResultSet row) throws SQLException {
    return new ToolLogEntry(
        row.getString("id"),
        row.getString("tool"),
        new UserId(row.getString("user")),
        row.getString("correlation"),
        row.getString("arguments"),
        row.getBoolean("success"),
        row.getString("outcome"),
        Columns.instant(row.getLong("at")),
        Duration.ofNanos(row.getLong("took")));
  }
}
