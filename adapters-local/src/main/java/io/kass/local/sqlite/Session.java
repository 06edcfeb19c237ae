package io.kass.local.sqlite;

import io.kass.local.sql.SqlSession;
import io.kass.ports.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** A connection to a SQLite file. Used by one thread at a time. */
final class Session extends SqlSession {
  private final SQLiteConnection connection;
  private final boolean once;
  private @Nullable Durability durability;
  private int waits = -1;

  /**
   * Takes over a connection.
   *
   * @param once whether it is closed after its first use: others wait for that, or it does not see
   *     what they write
   */
  Session(SQLiteConnection connection, boolean once) {
    super(connection);
    this.connection = connection;
    this.once = once;
  }

  /** Whether it is closed after its first use. */
  boolean once() {
    return once;
  }

  /** What a commit survives. Whole and in order it is in both cases. */
  enum Durability {
    /** The death of the process at any moment. A power cut may take the last commits back. */
    PROCESS("NORMAL"),
    /** A power cut too: the commit waits for the disk. */
    POWER("FULL");

    private final String synchronous;

    Durability(String synchronous) {
      this.synchronous = synchronous;
    }
  }

  /** Something done with a session. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run(Session session) throws SQLException;
  }

  /** How long statements wait for another process from now on. */
  void waitFor(Duration time) throws SQLException {
    int millis = (int) Math.max(1, Math.min(time.toMillis(), Integer.MAX_VALUE));
    if (millis != waits) {
      connection.setBusyTimeout(millis);
      waits = millis;
    }
  }

  /** Runs a script of several changes. */
  void executeAll(String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  /** How many rows of a table are a user's. */
  long count(String table, String user) throws SQLException {
    Long rows =
        first("SELECT count(*) FROM " + table + " WHERE user = ?", row -> row.getLong(1), user);
    return rows == null ? 0 : rows;
  }

  /** A page of rows; the statement has no limit, since no more rows are read than are needed. */
  <T> Page<T> page(PageRule<T> rule, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    var items = new ArrayList<T>();
    long weight = 0;
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        T item = row.read(rows);
        if (!rule.belongs().test(item)) {
          return new Page<>(items, null);
        }
        if (!items.isEmpty() && (items.size() == rule.items() || weight >= rule.weight())) {
          return new Page<>(items, rule.mark().apply(items.getLast()));
        }
        items.add(item);
        weight += rule.weigh().applyAsLong(item);
      }
    }
    return new Page<>(items, null);
  }

  /**
   * Runs the work in a transaction that no other writer of any process can come between. After an
   * {@link SQLException} the session must be closed, which rolls back what was begun.
   */
  <T extends @Nullable Object> T transaction(Durability wanted, Work<T> work) throws SQLException {
    if (durability != wanted) {
      execute("PRAGMA synchronous=" + wanted.synchronous);
      durability = wanted;
    }
    execute("BEGIN IMMEDIATE");
    try {
      T result = work.run(this);
      execute("COMMIT");
      return result;
    } catch (RuntimeException e) {
      execute("ROLLBACK");
      throw e;
    }
  }
}
