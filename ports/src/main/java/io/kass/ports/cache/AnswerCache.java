package io.kass.ports.cache;

import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers for a while. Thread-safe. Expired answers are never seen. Instants are kept to the
 * millisecond at least.
 */
public interface AnswerCache {
  /** The answer of this key, or null. */
  @Nullable CachedAnswer get(CallScope scope, String key);

  /** Keeps an answer, instead of any other of that key. */
  void put(CallScope scope, CachedAnswer answer);

  /** How many answers {@link #deleteUser} would delete: expired ones that are still there, too. */
  long countUser(CallScope scope, UserId user);

  /** Deletes the answers first given to a user; how many. */
  long deleteUser(CallScope scope, UserId user);

  /** A cache that keeps nothing. */
  static AnswerCache none() {
    return new AnswerCache() {
      @Override
      public @Nullable CachedAnswer get(CallScope scope, String key) {
        return null;
      }

      @Override
      public void put(CallScope scope, CachedAnswer answer) {}

      @Override
      public long countUser(CallScope scope, UserId user) {
        return 0;
      }

      @Override
      public long deleteUser(CallScope scope, UserId user) {
        return 0;
      }
    };
  }
}
