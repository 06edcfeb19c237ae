package io.kass.local.sqlite;

import io.kass.local.sqlite.Session.Durability;
import io.kass.local.sqlite.Session.Work;
import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The database file and a few connections to it. Nothing is made or opened before the first use.
 * Thread-safe, and several processes may use one file. Closing waits for nobody: connections in use
 * are closed by those who use them.
 */
final class SqliteDatabase implements AutoCloseable {
  private static final long RETRY_NANOS = Duration.ofMillis(5).toNanos();

  private final SqliteConfig config;
  private final SqliteSchema schema;
  private final InstantSource clock;
  private final Semaphore permits;

  /** Writers of this process stand in line here, rather than wake and retry as SQLite's do. */
  private final ReentrantLock writer = new ReentrantLock(true);

  private final Deque<Session> idle = new ArrayDeque<>();
  private boolean closed;

  SqliteDatabase(SqliteConfig config, InstantSource clock) {
    this(config, SqliteSchema.CURRENT, clock);
  }

  SqliteDatabase(SqliteConfig config, SqliteSchema schema, InstantSource clock) {
    this.config = config;
    this.schema = schema;
    this.clock = clock;
    this.permits = new Semaphore(config.connections(), true);
  }

  /** The time by which leases and answers expire. */
  InstantSource clock() {
    return clock;
  }

  /** Runs work that only reads; each of its statements sees one state of the database. */
  <T extends @Nullable Object> T read(CallScope scope, Work<T> work) {
    Duration wait = patience(scope);
    acquire(wait, permits::tryAcquire);
    try {
      return use(wait, work);
    } finally {
      permits.release();
    }
  }

  /** Runs work whole or not at all, with no other writer beside it. */
  <T extends @Nullable Object> T write(CallScope scope, Durability durability, Work<T> work) {
    Duration wait = patience(scope);
    acquire(wait, writer::tryLock);
    try {
      return read(scope, session -> session.transaction(durability, unchanged(work)));
    } finally {
      writer.unlock();
    }
  }

  private <T extends @Nullable Object> Work<T> unchanged(Work<T> work) {
    return session -> {
      schema.requireUnchanged(session, config.file());
      return work.run(session);
    };
  }

  /** Takes what was deleted out of the write-ahead log too, unless somebody is just reading it. */
  void forgetDeleted(CallScope scope) {
    read(scope, session -> session.number("PRAGMA wal_checkpoint(TRUNCATE)"));
  }

  /** How many rows of a table are a user's. */
  long countRowsOf(CallScope scope, String table, UserId user) {
    return read(scope, session -> session.count(table, user.value()));
  }

  /** Deletes a user's rows of a table, out of the log too; returns how many there were. */
  long deleteRowsOf(CallScope scope, String table, UserId user) {
    int deleted =
        write(
            scope,
            Durability.POWER,
            session -> session.update("DELETE FROM " + table + " WHERE user = ?", user.value()));
    forgetDeleted(scope);
    return deleted;
  }

  private Duration patience(CallScope scope) {
    scope.check(clock);
    Duration left = scope.remaining(clock);
    return left.compareTo(config.busyTimeout()) < 0 ? left : config.busyTimeout();
  }

  private <T extends @Nullable Object> T use(Duration wait, Work<T> work) {
    Session session = null;
    boolean sound = false;
    try {
      session = take();
      if (session == null) {
        session = open(wait);
      }
      session.waitFor(wait);
      T result = work.run(session);
      sound = true;
      return result;
    } catch (SQLException e) {
      throw SqliteErrors.translate(config.file(), e);
    } catch (RuntimeException e) {
      // The work refused; the connection is as good as before.
      sound = true;
      throw e;
    } finally {
      if (session != null) {
        giveBack(session, sound);
      }
    }
  }

  private @Nullable Session take() {
    synchronized (idle) {
      if (closed) {
        throw new Unavailable("The database " + config.file() + " is closed.");
      }
      return idle.poll();
    }
  }

  private void giveBack(Session session, boolean sound) {
    synchronized (idle) {
      if (sound && !closed && !session.once()) {
        idle.push(session);
        return;
      }
    }
    discard(session);
  }

  private Session open(Duration wait) throws SQLException {
    makeFolder();
    try {
      return open(wait, Access.SHARED);
    } catch (SQLException e) {
      if (SqliteErrors.lacksSharedMemory(e)) {
        return openAlone(wait);
      }
      if (SqliteErrors.mayNotWrite(e) && isAtRest()) {
        return open(wait, Access.FROZEN);
      }
      throw e;
    }
  }

  /** How a connection shares the file. */
  private enum Access {
    /** With others, through memory that is a file beside the database. */
    SHARED,
    /** With nobody at a time: needs nothing but the file. */
    ALONE,
    /** With whoever likes, since it can neither write nor notice that others do. */
    FROZEN
  }

  /** Whether all there is stands in the file itself, and nothing in the log beside it. */
  private boolean isAtRest() {
    Path log = config.file().resolveSibling(config.file().getFileName() + "-wal");
    try {
      return Files.isReadable(config.file()) && (!Files.exists(log) || Files.size(log) == 0);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Opens it where the disk is so full that what processes share finds no room on it: it can still
   * be read by one after the other. SQLite does not let them wait for that, so it is done here.
   */
  private Session openAlone(Duration wait) throws SQLException {
    long start = System.nanoTime();
    while (true) {
      try {
        return open(wait, Access.ALONE);
      } catch (SQLException e) {
        boolean others = SqliteErrors.isBusy(e) || SqliteErrors.lacksSharedMemory(e);
        if (!others || System.nanoTime() - start > wait.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private Session open(Duration wait, Access access) throws SQLException {
    boolean frozen = access == Access.FROZEN;
    var session =
        new Session(
            SqliteDriver.connect(config.file(), config.nativeDirectory(), frozen),
            access != Access.SHARED);
    boolean ready = false;
    try {
      // Two who wait for one another to leave would do so to the end.
      session.waitFor(access == Access.ALONE ? Duration.ZERO : wait);
      if (access == Access.ALONE) {
        session.execute("PRAGMA locking_mode=EXCLUSIVE");
      }
      schema.prepare(session, config.file(), wait, !frozen);
      ready = true;
      return session;
    } finally {
      if (!ready) {
        discard(session);
      }
    }
  }

  /**
   * Conversations are nobody else's business: a folder that is made is for its owner only, and so
   * is a file that is made in such a folder, wherever it may be copied to.
   */
  private void makeFolder() {
    Path folder = config.file().toAbsolutePath().getParent();
    try {
      if (folder == null) {
        return;
      }
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, posix ? ownerOnly("rwx------") : new FileAttribute<?>[0]);
      }
      if (posix && !Files.exists(config.file()) && isOwnersOnly(folder)) {
        Files.createFile(config.file(), ownerOnly("rw-------"));
      }
    } catch (FileAlreadyExistsException e) {
      return; // another process was faster
    } catch (IOException e) {
      throw SqliteErrors.translate(config.file(), e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String rights) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
    };
  }

  private static boolean isOwnersOnly(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)).endsWith("------");
  }

  private static void discard(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      // What was committed is safe, and what was not is void: there is nothing left to do.
      return;
    }
  }

  private void acquire(Duration wait, Acquiring acquiring) {
    try {
      if (!acquiring.within(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Unavailable(
            "The database " + config.file() + " has been busy for too long. Try again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("Waiting for the database " + config.file() + " was interrupted.", e);
    }
  }

  @Override
  public void close() {
    Deque<Session> open;
    synchronized (idle) {
      closed = true;
      open = new ArrayDeque<>(idle);
      idle.clear();
    }
    open.forEach(SqliteDatabase::discard);
  }

  /** Takes something that others may hold. */
  @FunctionalInterface
  private interface Acquiring {
    boolean within(long time, TimeUnit unit) throws InterruptedException;
  }
}
