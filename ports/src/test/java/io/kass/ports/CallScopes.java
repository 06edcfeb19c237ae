package io.kass.ports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Call scopes for tests. */
public final class CallScopes {
  /** Who calls in tests. */
  public static final Caller TESTER = Caller.of(new UserId("tester"));

  private CallScopes() {}

  /** Time enough for anything that a test does. */
  public static CallScope ample() {
    return within(Duration.ofMinutes(5));
  }

  /** A scope that ends so much after now, by the system's clock. */
  public static CallScope within(Duration allowed) {
    return CallScope.within(allowed, InstantSource.system(), TESTER, "test");
  }

  /** A scope whose time has passed, by any clock of our age. */
  public static CallScope expired() {
    return new CallScope(TESTER, Instant.EPOCH, new Cancellation(), "test");
  }

  /** A scope that was called off. */
  public static CallScope cancelled() {
    CallScope scope = ample();
    scope.cancellation().cancel();
    return scope;
  }
}
