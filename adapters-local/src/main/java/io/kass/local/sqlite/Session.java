package io.kass.local.sqlite;

import io.kass.ports.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** A connection and the few things that are done with it. Used by one thread at a time. */
final class Session implements AutoCloseable {
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

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
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

  /** Runs a statement without parameters. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a script of several changes. */
  void executeAll(String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  /** The number that a statement tells. */
  long number(String sql) throws SQLException {
    Long number = first(sql, row -> row.getLong(1));
    return number == null ? 0 : number;
  }

  /** How many rows of a table are a user's. */
  long count(String table, String user) throws SQLException {
    Long rows =
        first("SELECT count(*) FROM " + table + " WHERE user = ?", row -> row.getLong(1), user);
    return rows == null ? 0 : rows;
  }

  /** The text that a statement tells. */
  String text(String sql) throws SQLException {
    String text = first(sql, row -> row.getString(1));
    return text == null ? "" : text;
  }

  /** Runs a change; how many rows it touched. */
  int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** The first row, or null. */
  <T> @Nullable T first(String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? row.read(rows) : null;
    }
  }

  /** All rows. */
  <T> List<T> list(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
    var items = new ArrayList<T>();
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        items.add(row.read(rows));
      }
    }
    return items;
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

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
