package io.kass.local.embedding;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries again what may succeed later, as long as its caller has time: after the wait that the
 * server asked for, or else after pauses that double, each shortened by chance so that callers do
 * not come back together.
 *
 * @param pause the first pause
 * @param random where chance comes from
 */
record Retries(Duration pause, RandomGenerator random) {
  static final Duration USUAL = Duration.ofMillis(500);

  private static final int ATTEMPTS = 6;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** A failure after which the server said how long to wait. */
  static final Duration UNSAID = Duration.ZERO;

  <T> T run(CallScope scope, InstantSource clock, Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (Throttled e) {
        await(scope, clock, attempt, later(e.retryAfter(), attempt), e);
      } catch (Unavailable e) {
        await(scope, clock, attempt, doubled(attempt), e);
      }
    }
  }

  /** What the server asked for and a little more, or a pause of ours where it did not ask. */
  private Duration later(Duration asked, int attempt) {
    return asked.isZero()
        ? doubled(attempt)
        : asked.plusMillis(random.nextLong(pause.toMillis() + 1));
  }

  private Duration doubled(int attempt) {
    long whole = Math.min(pause.toMillis() << (attempt - 1), LONGEST.toMillis());
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }

  /** Waits, or gives up where waiting would take longer than the caller has. */
  private static void await(
      CallScope scope, InstantSource clock, int attempt, Duration wait, KassException failure) {
    scope.cancellation().throwIfCancelled();
    if (attempt == ATTEMPTS || wait.compareTo(scope.remaining(clock)) >= 0) {
      throw failure;
    }
    var cancelled = new CountDownLatch(1);
    try (var registration = scope.cancellation().onCancel(cancelled::countDown)) {
      if (cancelled.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        scope.cancellation().throwIfCancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("Waiting for the embedding model was interrupted.", e);
    }
  }
}
