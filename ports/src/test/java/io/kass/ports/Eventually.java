package io.kass.ports;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for stores that need a while to show what was written. */
public final class Eventually {
  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 200;

  private Eventually() {}

  /** An assertion that may not hold yet. */
  @FunctionalInterface
  public interface Assertion {
    void check() throws Exception;
  }

  /**
   * Repeats an assertion until it holds, at the longest for this time; then fails as it does. Of a
   * store that shows its writes at once (zero) it is asked once.
   */
  public static void eventually(Duration allowed, Assertion assertion) {
    long end = System.nanoTime() + allowed.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      @Nullable Throwable failure = failure(assertion);
      if (failure == null) {
        return;
      }
      if (System.nanoTime() >= end) {
        throw failure instanceof Error error ? error : new AssertionError(failure);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting", e);
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private static @Nullable Throwable failure(Assertion assertion) {
    try {
      assertion.check();
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    }
  }
}
