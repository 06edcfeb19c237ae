package io.kass.local.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;

/** Opens a database in a fresh process, and tells which library it loaded. */
final class SqliteDriverProcess {
  private SqliteDriverProcess() {}

  /** {@code file nativeDirectory}. */
  public static void main(String[] arguments) throws SQLException {
    try (var session =
        new Session(
            SqliteDriver.connect(Path.of(arguments[0]), Path.of(arguments[1]), false), false)) {
      System.out.println("rows " + session.number("SELECT count(*) FROM sqlite_schema"));
    }
    System.out.println("path " + System.getProperty("org.sqlite.lib.path"));
  }
}
