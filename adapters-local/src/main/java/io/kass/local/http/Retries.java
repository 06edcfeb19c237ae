package io.kass.local.http;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries again what may succeed later, as long as its caller has time: after the wait that the
 * server asked for, and no sooner than after pauses that double, each shortened by chance so that
 * callers do not come back together. While one caller waits because the server asked for it, the
 * others do too, rather than be told the same. Thread-safe.
 */
public final class Retries {
  /** The first pause. */
  public static final Duration USUAL = Duration.ofMillis(500);

  private static final int ATTEMPTS = 6;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Duration pause;
  private final RandomGenerator random;
  private final InstantSource clock;

  /** When the server may be asked again, in nanoseconds of this process's own clock. */
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  /**
   * @param pause the first pause
   * @param random where chance comes from; used by any thread
   */
  public Retries(Duration pause, RandomGenerator random, InstantSource clock) {
    this.pause = pause;
    this.random = random;
    this.clock = clock;
  }

  /**
   * What this work returns, sooner or later.
   *
   * @param server that the work asks; once it is closed nothing is tried again
   * @throws KassException what it throws at last, or at once when waiting cannot help or would take
   *     longer than the scope lasts
   */
  public <T> T run(CallScope scope, RemoteServer server, Supplier<T> work) {
    return run(scope, () -> !server.isClosed(), work);
  }

  /**
   * The same for work that is tried again only when the server asks to wait: where nobody answers,
   * that is told at once.
   */
  public <T> T whenThrottled(CallScope scope, Supplier<T> work) {
    return run(scope, () -> false, work);
  }

  private <T> T run(CallScope scope, BooleanSupplier whenUnavailable, Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      awaitQuiet(scope);
      try {
        return work.get();
      } catch (Throttled e) {
        Duration wait = longer(e.retryAfter(), pause(attempt));
        beQuiet(wait);
        await(scope, attempt, wait, new Throttled(message(e), wait));
      } catch (Unavailable e) {
        if (!whenUnavailable.getAsBoolean()) {
          throw e;
        }
        await(scope, attempt, pause(attempt), e);
      }
    }
  }

  private static String message(KassException e) {
    return String.valueOf(e.getMessage());
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private Duration pause(int attempt) {
    long whole = Math.min(pause.toMillis() << (attempt - 1), LONGEST.toMillis());
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }

  private void beQuiet(Duration wait) {
    long until = System.nanoTime() + wait.toNanos();
    quietUntil.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
  }

  private void awaitQuiet(CallScope scope) {
    Duration left = Duration.ofNanos(quietUntil.get() - System.nanoTime());
    if (left.isPositive()) {
      if (left.compareTo(scope.remaining(clock)) >= 0) {
        throw new Throttled("The server asked to wait, and that is not over.", left);
      }
      sleep(scope, left);
    }
  }

  /** Waits, or gives up where waiting would take longer than the caller has. */
  private void await(CallScope scope, int attempt, Duration wait, KassException failure) {
    scope.cancellation().throwIfCancelled();
    if (attempt == ATTEMPTS || wait.compareTo(scope.remaining(clock)) >= 0) {
      throw failure;
    }
    sleep(scope, wait);
  }

  private static void sleep(CallScope scope, Duration wait) {
    var cancelled = new CountDownLatch(1);
    try (var registration = scope.cancellation().onCancel(cancelled::countDown)) {
      if (cancelled.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        scope.cancellation().throwIfCancelled();
      }
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }
}
