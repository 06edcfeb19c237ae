package io.kass.ports.ledger;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps small durable facts. Thread-safe, and safe between processes. Reads see the last completed
 * write. The names of entries, leases and counters have 1 to 1,024 bytes, values at most 256 KiB,
 * in UTF-8; others are refused with {@link io.kass.ports.error.KassException.InvalidRequest}.
 * Entries, leases and counters of the same name have nothing to do with one another.
 */
public interface Ledger {
  /** The entry of this key, or null. */
  @Nullable LedgerEntry get(CallScope scope, String key);

  /**
   * Writes or deletes an entry if it still has the revision that was seen.
   *
   * @param revision the revision seen, or 0 for "there is none"
   * @param value the new value, or null to delete
   * @param fence the lease under which this is done, or null; refused when a later one was given
   *     out
   * @return the new revision (0 after a delete), or -1 when the entry has another revision
   * @throws io.kass.ports.error.KassException.Rejected when the fence is stale
   */
  long compareAndSet(
      CallScope scope, String key, long revision, @Nullable String value, @Nullable Lease fence);

  /** Pages through the entries whose keys begin so, in ascending order of their bytes. */
  Page<LedgerEntry> list(CallScope scope, String prefix, Cursor cursor);

  /**
   * Takes or renews a lease. Its fence stays the same while one owner renews it, also when it had
   * run out and nobody else took it meanwhile; it grows with every new owner and after a release.
   *
   * @param owner who takes it; unique to this run of this process
   * @param validity how long it holds from now; more than zero
   * @return the lease, or null while another owner holds it
   */
  @Nullable Lease lease(CallScope scope, String name, String owner, Duration validity);

  /** Gives a lease back; harmless when it is no longer held. */
  void release(CallScope scope, Lease lease);

  /**
   * Adds to a counter that is void from a moment on.
   *
   * @param amount at least 0
   * @param limit the value that must not be passed
   * @param expiry when the counter starts again from 0; fixed by its first addition
   * @return the new value, or -1 when it would pass the limit; then nothing was added
   */
  long add(CallScope scope, String counter, long amount, long limit, Instant expiry);

  /**
   * Pages through the counters whose names begin so, in ascending order of their bytes. Those that
   * are void may be among them.
   */
  Page<Counter> counters(CallScope scope, String prefix, Cursor cursor);

  /** Deletes a counter, so that it starts again from 0; false when it is not known. */
  boolean deleteCounter(CallScope scope, String counter);
}
