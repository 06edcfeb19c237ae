package io.kass.local.sqlite;

import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.ledger.Counter;
import io.kass.ports.ledger.Lease;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The ledger, a row an entry. */
final class SqliteLedger implements Ledger {
  private static final int PAGE_ENTRIES = 1000;
  private static final int PAGE_CHARACTERS = 1_000_000;

  private final SqliteDatabase database;

  SqliteLedger(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public @Nullable LedgerEntry get(CallScope scope, String key) {
    LedgerEntry.requireKey(key);
    return database.<@Nullable LedgerEntry>read(
        scope,
        session ->
            session.first(
                "SELECT key, revision, value FROM entry WHERE key = ?", SqliteLedger::entry, key));
  }

  @Override
  public long compareAndSet(
      CallScope scope, String key, long revision, @Nullable String value, @Nullable Lease fence) {
    LedgerEntry.requireKey(key);
    if (value != null) {
      LedgerEntry.requireValue(value);
    }
    return database.write(
        scope,
        Durability.POWER,
        session -> {
          if (fence != null) {
            requireCurrent(session, fence);
          }
          Long stored =
              session.first("SELECT revision FROM entry WHERE key = ?", row -> row.getLong(1), key);
          if ((stored == null ? 0 : stored) != revision) {
            return -1L;
          }
          return value == null ? delete(session, key) : set(session, key, revision + 1, value);
        });
  }

  private static void requireCurrent(Session session, Lease lease) throws SQLException {
    Long current =
        session.first(
            "SELECT fence FROM lease WHERE name = ?", row -> row.getLong(1), lease.name());
    if (current == null || current != lease.fence()) {
      throw new Rejected(
          "The lease '"
              + lease.name()
              + "' was taken over by another worker; this one must not go on.");
    }
  }

  private static long set(Session session, String key, long revision, String value)
      throws SQLException {
    session.update(
        "INSERT INTO entry (key, revision, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, value ="
            + " excluded.value",
        key,
        revision,
        value);
    return revision;
  }

  private static long delete(Session session, String key) throws SQLException {
    session.update("DELETE FROM entry WHERE key = ?", key);
    return 0;
  }

  @Override
  public Page<LedgerEntry> list(CallScope scope, String prefix, Cursor cursor) {
    var rule =
        new PageRule<LedgerEntry>(
            PAGE_ENTRIES,
            PAGE_CHARACTERS,
            entry -> entry.key().length() + entry.value().length(),
            entry -> entry.key().startsWith(prefix),
            last -> new Cursor(last.key()));
    return database.read(
        scope,
        session ->
            session.page(
                rule,
                "SELECT key, revision, value FROM entry WHERE key >= ? ORDER BY key",
                SqliteLedger::entry,
                from(prefix, cursor)));
  }

  @Override
  public @Nullable Lease lease(CallScope scope, String name, String owner, Duration validity) {
    LedgerEntry.requireKey(name);
    if (!validity.isPositive()) {
      throw new InvalidRequest("A lease holds for more than no time.");
    }
    return database.<@Nullable Lease>write(
        scope, Durability.PROCESS, session -> take(session, name, owner, validity));
  }

  private @Nullable Lease take(Session session, String name, String owner, Duration validity)
      throws SQLException {
    Instant now = database.clock().instant();
    Holding held =
        session.first(
            "SELECT owner, fence, expires FROM lease WHERE name = ?",
            row -> new Holding(row.getString(1), row.getLong(2), row.getLong(3)),
            name);
    Holding holding = held == null ? new Holding(null, 0, 0) : held;
    boolean mine = owner.equals(holding.owner);
    if (holding.owner != null && !mine && Columns.micros(now) < holding.expires) {
      return null;
    }
    long fence = mine ? holding.fence : holding.fence + 1;
    long expires = Columns.expiry(now.plus(validity));
    session.update(
        "INSERT INTO lease (name, owner, fence, expires) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, fence = excluded.fence,"
            + " expires = excluded.expires",
        name,
        owner,
        fence,
        expires);
    return new Lease(name, owner, fence, Columns.instant(expires));
  }

  @Override
  public void release(CallScope scope, Lease lease) {
    database.write(
        scope,
        Durability.PROCESS,
        session ->
            session.update(
                "UPDATE lease SET owner = NULL WHERE name = ? AND fence = ?",
                lease.name(),
                lease.fence()));
  }

  @Override
  public long add(CallScope scope, String counter, long amount, long limit, Instant expiry) {
    LedgerEntry.requireKey(counter);
    if (amount < 0) {
      throw new InvalidRequest("A counter only counts up.");
    }
    return database.write(
        scope,
        Durability.PROCESS,
        session -> {
          session.update(
              "DELETE FROM counter WHERE expires <= ?", Columns.micros(database.clock().instant()));
          Long stored =
              session.first(
                  "SELECT value FROM counter WHERE name = ?", row -> row.getLong(1), counter);
          long value = stored == null ? 0 : stored;
          if (amount > limit - value) {
            return -1L;
          }
          session.update(
              "INSERT INTO counter (name, value, expires) VALUES (?, ?, ?)"
                  + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
              counter,
              value + amount,
              Columns.expiry(expiry));
          return value + amount;
        });
  }

  @Override
  public Page<Counter> counters(CallScope scope, String prefix, Cursor cursor) {
    var rule =
        new PageRule<Counter>(
            PAGE_ENTRIES,
            PAGE_CHARACTERS,
            counter -> counter.name().length(),
            counter -> counter.name().startsWith(prefix),
            last -> new Cursor(last.name()));
    return database.read(
        scope,
        session ->
            session.page(
                rule,
                "SELECT name, value, expires FROM counter WHERE name >= ? ORDER BY name",
                row ->
                    new Counter(
                        row.getString("name"),
                        row.getLong("value"),
                        Columns.instant(row.getLong("expires"))),
                from(prefix, cursor)));
  }

  @Override
  public boolean deleteCounter(CallScope scope, String counter) {
    LedgerEntry.requireKey(counter);
    return database.write(
            scope,
            Durability.POWER,
            session -> session.update("DELETE FROM counter WHERE name = ?", counter))
        > 0;
  }

  /** Where a listing begins, or goes on. */
  private static String from(String prefix, Cursor cursor) {
    return cursor.equals(Cursor.START) ? prefix : PageRule.after(cursor.token());
  }

  private static LedgerEntry entry(ResultSet row) throws SQLException {
    return new LedgerEntry(row.getString("key"), row.getLong("revision"), row.getString("value"));
  }

  private record Holding(@Nullable String owner, long fence, long expires) {}
}
