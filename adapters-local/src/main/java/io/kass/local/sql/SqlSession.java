package io.kass.local.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection and the few things that are done with any. Used by one thread at a time. */
public class SqlSession implements AutoCloseable {
  private final Connection connection;

  public SqlSession(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface Row<T> {
    /** The row that the cursor is at; must not move it. */
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement without parameters. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The number that a statement tells. */
  public long number(String sql) throws SQLException {
    Long number = first(sql, row -> row.getLong(1));
    return number == null ? 0 : number;
  }

  /** The text that a statement tells. */
  public String text(String sql) throws SQLException {
    String text = first(sql, row -> row.getString(1));
    return text == null ? "" : text;
  }

  /** Runs a change; how many rows it touched. */
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** The first row, or null. */
  public <T> @Nullable T first(String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? row.read(rows) : null;
    }
  }

  /** All rows. */
  public <T> List<T> list(String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    var items = new ArrayList<T>();
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        items.add(row.read(rows));
      }
    }
    return items;
  }

  /** The statement with these parameters, to be closed by the caller. */
  protected final PreparedStatement prepare(String sql, @Nullable Object... parameters)
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
