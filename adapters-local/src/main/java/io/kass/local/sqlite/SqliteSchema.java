package io.kass.local.sqlite;

import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The shape of the database. Its version is kept in the file (PRAGMA user_version); an older file
 * is brought up to date step by step in one transaction, a newer one is refused.
 *
 * @param steps each from one version to the next, the first one from an empty file, a script of
 *     statements
 */
record SqliteSchema(List<String> steps) {
  /** "KASS", so that the file is never taken for another program's, nor another's for ours. */
  static final int APPLICATION = 0x4B415353;

  static final SqliteSchema CURRENT = new SqliteSchema(List.of(resource("schema-1.sql")));

  SqliteSchema {
    steps = List.copyOf(steps);
  }

  /** Makes a fresh connection ready: checks the file, brings it up to date, sets the connection. */
  void prepare(Session session, Path file) throws SQLException {
    long version = session.number("PRAGMA user_version");
    check(session, file, version);
    // What readers see is not disturbed by a writer, and a commit costs one append to the log.
    if (!"wal".equals(session.first("PRAGMA journal_mode", row -> row.getString(1)))) {
      useWriteAheadLog(session, file);
    }
    if (version < steps.size()) {
      session.transaction(Durability.POWER, s -> upgrade(s, file));
    }
    // What was deleted on a user's wish is overwritten, not only given free.
    session.execute("PRAGMA secure_delete=ON");
    // After a burst of writes the log gives its space back.
    session.execute("PRAGMA journal_size_limit=16777216");
    session.execute("PRAGMA temp_store=MEMORY");
    session.execute("PRAGMA trusted_schema=OFF");
  }

  private void check(Session session, Path file, long version) throws SQLException {
    if (version > steps.size()) {
      throw new Misconfigured(
          "The database "
              + file
              + " has format "
              + version
              + "; this KASS knows formats up to "
              + steps.size()
              + ". Use a newer KASS, or another data directory.");
    }
    boolean ours = session.number("PRAGMA application_id") == APPLICATION;
    if (!ours && (version > 0 || session.number("SELECT count(*) FROM sqlite_schema") > 0)) {
      throw new Misconfigured(
          "The database " + file + " belongs to another program. Choose another data directory.");
    }
  }

  private static void useWriteAheadLog(Session session, Path file) throws SQLException {
    String mode = session.first("PRAGMA journal_mode=WAL", row -> row.getString(1));
    if (!"wal".equals(mode)) {
      throw new Misconfigured(
          "The database "
              + file
              + " cannot keep a write-ahead log there. Put it on a disk of this machine.");
    }
  }

  /** Another process may have been faster: only this transaction knows. */
  private long upgrade(Session session, Path file) throws SQLException {
    long version = session.number("PRAGMA user_version");
    check(session, file, version);
    for (String step : steps.subList((int) version, steps.size())) {
      session.executeAll(step);
    }
    session.execute("PRAGMA application_id=" + APPLICATION);
    session.execute("PRAGMA user_version=" + steps.size());
    return version;
  }

  private static String resource(String name) {
    try (InputStream in = SqliteSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new Internal("KASS was built without " + name + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Internal("KASS cannot read its own " + name + ".", e);
    }
  }
}
