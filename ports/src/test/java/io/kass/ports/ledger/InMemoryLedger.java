package io.kass.ports.ledger;

import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A ledger that forgets when the process ends. */
public final class InMemoryLedger implements Ledger {
  private static final int PAGE = 100;

  private final InstantSource clock;
  private final NavigableMap<String, LedgerEntry> entries = new TreeMap<>(Bytewise::compare);
  private final Map<String, Holding> leases = new HashMap<>();
  private final NavigableMap<String, Counter> counters = new TreeMap<>(Bytewise::compare);

  public InMemoryLedger(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized @Nullable LedgerEntry get(CallScope scope, String key) {
    scope.check(clock);
    return entries.get(LedgerEntry.requireKey(key));
  }

  @Override
  public synchronized long compareAndSet(
      CallScope scope, String key, long revision, @Nullable String value, @Nullable Lease fence) {
    scope.check(clock);
    LedgerEntry.requireKey(key);
    if (value != null) {
      LedgerEntry.requireValue(value);
    }
    if (fence != null) {
      Holding holding = leases.get(fence.name());
      if (holding == null || holding.fence != fence.fence()) {
        throw new Rejected("The lease '" + fence.name() + "' was taken over by another worker.");
      }
    }
    LedgerEntry stored = entries.get(key);
    if ((stored == null ? 0 : stored.revision()) != revision) {
      return -1;
    }
    if (value == null) {
      entries.remove(key);
      return 0;
    }
    entries.put(key, new LedgerEntry(key, revision + 1, value));
    return revision + 1;
  }

  @Override
  public synchronized Page<LedgerEntry> list(CallScope scope, String prefix, Cursor cursor) {
    scope.check(clock);
    return page(entries, prefix, cursor, LedgerEntry::key);
  }

  @Override
  public synchronized @Nullable Lease lease(
      CallScope scope, String name, String owner, Duration validity) {
    scope.check(clock);
    LedgerEntry.requireKey(name);
    if (!validity.isPositive()) {
      throw new InvalidRequest("A lease holds for more than no time.");
    }
    Instant now = clock.instant();
    Holding holding = leases.getOrDefault(name, new Holding(null, 0, Instant.MIN));
    boolean mine = owner.equals(holding.owner);
    if (holding.owner != null && !mine && now.isBefore(holding.expires)) {
      return null;
    }
    long fence = mine ? holding.fence : holding.fence + 1;
    Instant expires = now.plus(validity);
    leases.put(name, new Holding(owner, fence, expires));
    return new Lease(name, owner, fence, expires);
  }

  @Override
  public synchronized void release(CallScope scope, Lease lease) {
    scope.check(clock);
    Holding holding = leases.get(lease.name());
    if (holding != null && holding.fence == lease.fence()) {
      leases.put(lease.name(), new Holding(null, holding.fence, Instant.MIN));
    }
  }

  @Override
  public synchronized long add(
      CallScope scope, String counter, long amount, long limit, Instant expiry) {
    scope.check(clock);
    LedgerEntry.requireKey(counter);
    if (amount < 0) {
      throw new InvalidRequest("A counter only counts up.");
    }
    Counter stored = counters.get(counter);
    if (stored == null || !clock.instant().isBefore(stored.expires())) {
      stored = new Counter(counter, 0, expiry);
    }
    if (amount > limit - stored.value()) {
      return -1;
    }
    counters.put(counter, new Counter(counter, stored.value() + amount, stored.expires()));
    return stored.value() + amount;
  }

  @Override
  public synchronized Page<Counter> counters(CallScope scope, String prefix, Cursor cursor) {
    scope.check(clock);
    return page(counters, prefix, cursor, Counter::name);
  }

  @Override
  public synchronized boolean deleteCounter(CallScope scope, String counter) {
    scope.check(clock);
    return counters.remove(LedgerEntry.requireKey(counter)) != null;
  }

  private static <T> Page<T> page(
      NavigableMap<String, T> all, String prefix, Cursor cursor, Function<T, String> name) {
    boolean start = cursor.equals(Cursor.START);
    var items = new ArrayList<T>();
    for (T item : all.tailMap(start ? prefix : cursor.token(), start).values()) {
      if (!name.apply(item).startsWith(prefix)) {
        break;
      }
      if (items.size() == PAGE) {
        return new Page<>(items, new Cursor(name.apply(items.getLast())));
      }
      items.add(item);
    }
    return new Page<>(List.copyOf(items), null);
  }

  private record Holding(@Nullable String owner, long fence, Instant expires) {}
}
