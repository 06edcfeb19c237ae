package io.kass.local.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kass.local.sql.SqlSession;
import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database and a few connections to it. Connects on first use, and looks then whether the table
 * is the one that is known. A server that was restarted is connected to again. Thread-safe.
 */
final class PostgresDatabase implements AutoCloseable {
  /** How much later than the server the connection gives up, so that the server's word comes. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** How long a connection that nobody uses is kept. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final PostgresConfig config;
  private final InstantSource clock;
  private final PostgresErrors errors;
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable HikariDataSource pool;
  private boolean closed;

  PostgresDatabase(PostgresConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.errors = new PostgresErrors(config);
  }

  /** Something done in a transaction. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run(SqlSession session) throws SQLException;
  }

  /** Runs work that only reads. */
  <T extends @Nullable Object> T read(CallScope scope, Work<T> work) {
    return run(scope, true, work);
  }

  /**
   * Runs work whole or not at all. It may be run twice, when the connection breaks: also when that
   * happens after it was done. So it must begin by looking whether it is.
   */
  <T extends @Nullable Object> T write(CallScope scope, Work<T> work) {
    return run(scope, false, work);
  }

  /** What a row or a table that cannot be understood is to the caller. */
  PostgresErrors errors() {
    return errors;
  }

  private <T extends @Nullable Object> T run(CallScope scope, boolean readOnly, Work<T> work) {
    try {
      return attempt(scope, readOnly, work);
    } catch (SQLException e) {
      if (!PostgresErrors.isBroken(e)) {
        throw failure(scope, e);
      }
    }
    // The server was restarted since this connection was last used, and since all others were.
    evictIdle();
    try {
      return attempt(scope, readOnly, work);
    } catch (SQLException e) {
      throw failure(scope, e);
    }
  }

  private KassException failure(CallScope scope, SQLException e) {
    return scope.cancellation().isCancelled()
        ? new Cancelled("The call was cancelled.", e)
        : errors.translate(e);
  }

  private <T extends @Nullable Object> T attempt(CallScope scope, boolean readOnly, Work<T> work)
      throws SQLException {
    scope.check(clock);
    Connection connection = connection(scope);
    var running = new Running(connection);
    boolean clean = false;
    try (var registration = scope.cancellation().onCancel(running::cancel)) {
      scope.check(clock);
      Duration allowed = allowed(scope);
      connection.setReadOnly(readOnly);
      connection.setNetworkTimeout(Runnable::run, millis(allowed.plus(GRACE)));
      T result;
      try (var session = new BorrowedSession(connection)) {
        session.execute("SET LOCAL statement_timeout = " + millis(allowed));
        result = work.run(session);
      }
      connection.commit();
      clean = true;
      return result;
    } finally {
      giveBack(connection, clean, running.end());
    }
  }

  /** A connection whose request was cancelled may yet hear of it: nobody else gets it. */
  private void giveBack(Connection connection, boolean clean, boolean cancelled) {
    try (connection) {
      if (!clean) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The pool has seen it, too, and will not give out this one again.
      return;
    } finally {
      if (cancelled) {
        evict(connection);
      }
    }
  }

  private synchronized void evict(Connection connection) {
    if (pool != null) {
      pool.evictConnection(connection);
    }
  }

  private synchronized void evictIdle() {
    if (pool != null) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  private Duration allowed(CallScope scope) {
    Duration left = scope.remaining(clock);
    return left.compareTo(config.timeout()) < 0 ? left : config.timeout();
  }

  private static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE));
  }

  /** A connection of the pool, waited for no longer than the caller has time. */
  private Connection connection(CallScope scope) throws SQLException {
    var arriving = new CompletableFuture<Connection>();
    Thread.ofVirtual().name("postgres-connect").start(() -> connect(arriving));
    try (var registration = scope.cancellation().onCancel(() -> arriving.cancel(false))) {
      return arriving.get(allowed(scope).toNanos(), TimeUnit.NANOSECONDS);
    } catch (CancellationException e) {
      throw new Cancelled("The call was cancelled.", e);
    } catch (TimeoutException e) {
      arriving.cancel(false);
      throw new Unavailable(
          config.shown() + " gave no connection in the time allowed for this request.", e);
    } catch (InterruptedException e) {
      arriving.cancel(false);
      Thread.currentThread().interrupt();
      throw new Cancelled("Waiting for a connection to PostgreSQL was interrupted.", e);
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  private static SQLException unwrapped(@Nullable Throwable cause) {
    return switch (cause) {
      case SQLException e -> e;
      case RuntimeException e -> throw e;
      case null, default -> throw new IllegalStateException("connecting ended abruptly", cause);
    };
  }

  private void connect(CompletableFuture<Connection> arriving) {
    try {
      Connection connection = pool().getConnection();
      if (!arriving.complete(connection)) {
        connection.close();
      }
    } catch (SQLException | RuntimeException | Error e) {
      arriving.completeExceptionally(e);
    }
  }

  private HikariDataSource pool() throws SQLException {
    HikariDataSource open = opened();
    if (open != null) {
      return open;
    }
    // One at a time; whoever closes this meanwhile does not wait.
    opening.lock();
    try {
      HikariDataSource made = opened();
      return made == null ? keep(checked(open())) : made;
    } finally {
      opening.unlock();
    }
  }

  private synchronized @Nullable HikariDataSource opened() {
    if (closed) {
      throw new Unavailable(config.shown() + " has been closed.");
    }
    return pool;
  }

  private HikariDataSource keep(HikariDataSource made) {
    synchronized (this) {
      if (!closed) {
        pool = made;
        return made;
      }
    }
    made.close();
    throw new Unavailable(config.shown() + " has been closed.");
  }

  private HikariDataSource checked(HikariDataSource made) throws SQLException {
    boolean sound = false;
    try (var session = new SqlSession(made.getConnection())) {
      TableShape.check(session, errors);
      sound = true;
      return made;
    } finally {
      if (!sound) {
        made.close();
      }
    }
  }

  private HikariDataSource open() throws SQLException {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {config.host()});
    source.setPortNumbers(new int[] {config.port()});
    source.setDatabaseName(config.database());
    source.setUser(config.user());
    source.setPassword(config.password().reveal());
    source.setApplicationName("kass");
    source.setTcpKeepAlive(true);
    int seconds = (int) config.connectTimeout().toSeconds();
    source.setConnectTimeout(seconds);
    source.setLoginTimeout(seconds);
    var settings = new HikariConfig();
    settings.setDataSource(source);
    settings.setAutoCommit(false);
    settings.setConnectionTimeout(config.connectTimeout().toMillis());
    // The first connection tells at once, and by itself, what is wrong.
    settings.setInitializationFailTimeout(1);
    settings.setMinimumIdle(1);
    settings.setMaximumPoolSize(config.connections());
    settings.setIdleTimeout(IDLE.toMillis());
    settings.setPoolName("kass-postgres");
    try {
      return new HikariDataSource(settings);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof SQLException reason) {
        throw reason;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    HikariDataSource open;
    synchronized (this) {
      closed = true;
      open = pool;
      pool = null;
    }
    if (open != null) {
      open.close();
    }
  }

  /** Leaves the connection open. */
  private static final class BorrowedSession extends SqlSession {
    BorrowedSession(Connection connection) {
      super(connection);
    }

    @Override
    public void close() {
      // Its connection goes back to the pool.
    }
  }

  /** A request that may be called off, at the server, as long as it runs. */
  private static final class Running {
    private final Connection connection;
    private boolean ended;
    private boolean cancelled;

    Running(Connection connection) {
      this.connection = connection;
    }

    /** Tells the server, on a thread of its own: that takes a connection. */
    void cancel() {
      Thread.ofVirtual().name("postgres-cancel").start(this::tell);
    }

    private synchronized void tell() {
      if (ended) {
        return;
      }
      cancelled = true;
      try {
        connection.unwrap(PGConnection.class).cancelQuery();
      } catch (SQLException e) {
        // The server cannot be reached: then the request has no future either.
        return;
      }
    }

    /** Nothing is called off from here on; whether anything was. */
    synchronized boolean end() {
      ended = true;
      return cancelled;
    }
  }
}
