package io.kass.local.sqlite;

import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

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

  static final SqliteSchema CURRENT =
      new SqliteSchema(
          List.of(resource("schema-1.sql"), resource("schema-2.sql"), resource("schema-3.sql")));

  /** Of the file that holds nothing but vectors. */
  static final SqliteSchema VECTORS = new SqliteSchema(List.of(resource("vectors-1.sql")));

  private static final long RETRY_NANOS = Duration.ofMillis(5).toNanos();

  SqliteSchema {
    steps = List.copyOf(steps);
  }

  /**
   * Makes a fresh connection ready: checks the file, brings it up to date, sets the connection.
   *
   * @param writes whether it can write; an older file cannot be read by one that cannot
   */
  void prepare(Session session, Path file, Duration wait, boolean writes) throws SQLException {
    // In one transaction: another process may be just making the file.
    session.execute("BEGIN");
    long version = checkedVersion(session, file);
    session.execute("COMMIT");
    if (writes) {
      useWriteAheadLog(session, file, wait);
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

  /** A newer KASS may have upgraded the file while this one was running: then it must not write. */
  void requireUnchanged(Session session, Path file) throws SQLException {
    long version = session.number("PRAGMA user_version");
    if (version != steps.size()) {
      throw new Misconfigured(
          "The database "
              + file
              + " was brought to format "
              + version
              + " by another KASS, and this one writes format "
              + steps.size()
              + ". Restart it with the newer KASS.");
    }
  }

  private long checkedVersion(Session session, Path file) throws SQLException {
    long version = session.number("PRAGMA user_version");
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
    return version;
  }

  /**
   * With a write-ahead log readers are not disturbed by a writer, and a commit costs one append. A
   * file has it once and for all. While another process is just giving it, SQLite answers "busy"
   * without waiting, so the waiting is done here.
   */
  private static void useWriteAheadLog(Session session, Path file, Duration wait)
      throws SQLException {
    long start = System.nanoTime();
    while (!"wal".equals(session.text("PRAGMA journal_mode"))) {
      try {
        if (!"wal".equals(session.text("PRAGMA journal_mode=WAL"))) {
          throw new Misconfigured(
              "The database "
                  + file
                  + " cannot keep a write-ahead log there. Put it on a disk of this machine.");
        }
      } catch (SQLException e) {
        if (!SqliteErrors.isBusy(e) || System.nanoTime() - start > wait.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** Another process may have been faster: only this transaction knows. */
  private long upgrade(Session session, Path file) throws SQLException {
    long version = checkedVersion(session, file);
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
