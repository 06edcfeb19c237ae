package io.kass.ports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Scopes for tests. */
public final class TestScopes {
  /** The user of {@link #scope()}. */
  public static final UserId USER = new UserId("tester");

  private TestScopes() {}

  /** A scope that never ends by itself, whatever clock the test uses. */
  public static CallScope scope() {
    return scope(USER);
  }

  /** The same on behalf of someone else. */
  public static CallScope scope(UserId user) {
    return new CallScope(Caller.of(user), Instant.MAX, new Cancellation(), "test");
  }

  /** A scope that ends after a time of this clock. */
  public static CallScope scope(InstantSource clock, Duration allowed) {
    return CallScope.within(allowed, clock, Caller.of(USER), "test");
  }

  /** A scope whose time has passed, by any clock of our age. */
  public static CallScope expired() {
    return new CallScope(Caller.of(USER), Instant.EPOCH, new Cancellation(), "test");
  }

  /** A scope whose work was already called off. */
  public static CallScope cancelled() {
    CallScope scope = scope();
    scope.cancellation().cancel();
    return scope;
  }
}
