package io.kass.core.users;

import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.backend.Backend;
import io.kass.ports.ledger.Counter;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerEntry;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What one backend holds of users. Documents are nobody's; all else that bears a user's name is
 * counted and erased here. Thread-safe.
 */
public final class Users {
  private final Backend backend;

  public Users(Backend backend) {
    this.backend = backend;
  }

  /**
   * Where the ledger keeps what is about a user: the names of all such entries and counters begin
   * so. No prefix is the beginning of another's, and none tells who it is.
   */
  public static String ledgerPrefix(UserId user) {
    return "user/" + ContentHash.ofParts("kass-user-1", user.value()).hex() + "/";
  }

  /** What is held of a user now. */
  public Held held(CallScope scope, UserId user) {
    Ledger ledger = backend.ledger();
    String prefix = ledgerPrefix(user);
    return new Held(
        backend.conversations().countUser(scope, user),
        backend.toolLog().countUser(scope, user),
        backend.states().countUser(scope, user),
        backend.cache().countUser(scope, user),
        each(cursor -> ledger.counters(scope, prefix, cursor), counter -> 1),
        each(cursor -> ledger.list(scope, prefix, cursor), entry -> 1));
  }

  /**
   * Erases all that is held of a user. Interrupted at any moment, it is done by erasing again: each
   * part is gone or still found.
   *
   * @return what was erased
   */
  public Held erase(CallScope scope, UserId user) {
    Ledger ledger = backend.ledger();
    String prefix = ledgerPrefix(user);
    return new Held(
        backend.conversations().deleteUser(scope, user),
        backend.toolLog().deleteUser(scope, user),
        backend.states().deleteUser(scope, user),
        backend.cache().deleteUser(scope, user),
        each(
            cursor -> ledger.counters(scope, prefix, cursor),
            (Counter counter) -> ledger.deleteCounter(scope, counter.name()) ? 1 : 0),
        each(
            cursor -> ledger.list(scope, prefix, cursor),
            (LedgerEntry entry) -> delete(ledger, scope, entry)));
  }

  /** However often it is changed meanwhile. */
  private static long delete(Ledger ledger, CallScope scope, LedgerEntry seen) {
    LedgerEntry entry = seen;
    while (entry != null) {
      if (ledger.compareAndSet(scope, entry.key(), entry.revision(), null, null) == 0) {
        return 1;
      }
      entry = ledger.get(scope, entry.key());
    }
    return 0;
  }

  /** The sum over a listing. */
  private static <T> long each(Function<Cursor, Page<T>> listing, ToLongFunction<T> action) {
    long sum = 0;
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<T> page = listing.apply(cursor);
      for (T item : page.items()) {
        sum += action.applyAsLong(item);
      }
      cursor = page.next();
    }
    return sum;
  }
}
