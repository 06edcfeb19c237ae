package io.kass.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetriesTest {
  private final AtomicInteger attempts = new AtomicInteger();
  private final Retries retries =
      new Retries(Duration.ofMillis(2), new Random(1), InstantSource.system());

  private final RemoteServer server =
      new RemoteServer(
          new ServerErrors(
              "The server",
              "",
              Secret.NONE,
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              InstantSource.system()));

  private static CallScope scope() {
    return TestScopes.scope(InstantSource.system(), Duration.ofSeconds(30));
  }

  private String run(Supplier<String> work) {
    return retries.run(scope(), server, work);
  }

  private Supplier<String> failing(int times, KassException failure) {
    return () -> {
      if (attempts.incrementAndGet() <= times) {
        throw failure;
      }
      return "done";
    };
  }

  private static Throttled throttled(Duration wait) {
    return new Throttled("wait", wait);
  }

  @Test
  void triesAgainUntilItSucceeds() {
    assertThat(run(failing(2, new Unavailable("down")))).isEqualTo("done");
    assertThat(run(failing(5, throttled(Duration.ofMillis(1))))).isEqualTo("done");
  }

  @Test
  void givesUpAfterSixTries() {
    assertThatThrownBy(() -> run(failing(6, new Unavailable("still down"))))
        .isInstanceOf(Unavailable.class)
        .hasMessage("still down");
    assertThat(attempts).hasValue(6);
  }

  @Test
  void triesNothingAgainThatSomebodyHasToMend() {
    assertThatThrownBy(() -> run(failing(1, new Misconfigured("no key"))))
        .isInstanceOf(Misconfigured.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void triesNothingAgainOnceTheServerIsClosed() {
    server.close();

    assertThatThrownBy(() -> run(failing(1, new Unavailable("closed"))))
        .isInstanceOf(Unavailable.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void doesNotWaitLongerThanItsCallerHasTime() {
    assertThatThrownBy(() -> run(failing(1, throttled(Duration.ofHours(1)))))
        .isInstanceOfSatisfying(
            Throttled.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(1)));
    assertThat(attempts).hasValue(1);
  }

  @Test
  void letsOthersWaitToo() {
    assertThatThrownBy(() -> run(failing(1, throttled(Duration.ofHours(1)))))
        .isInstanceOf(Throttled.class);

    assertThatThrownBy(() -> run(failing(0, throttled(Duration.ZERO))))
        .isInstanceOfSatisfying(
            Throttled.class,
            e -> assertThat(e.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    assertThat(attempts).hasValue(1);
  }

  @Test
  void tellsItsOwnPauseWhereTheServerSaidNone() {
    assertThatThrownBy(() -> run(failing(6, throttled(Duration.ZERO))))
        .isInstanceOfSatisfying(Throttled.class, e -> assertThat(e.retryAfter()).isPositive());
  }

  @Test
  void endsWhenItIsCancelledInAPause() {
    CallScope scope = scope();
    Supplier<String> cancelling =
        () -> {
          attempts.incrementAndGet();
          scope.cancellation().cancel();
          throw throttled(Duration.ofSeconds(20));
        };

    assertThatThrownBy(() -> retries.run(scope, server, cancelling)).isInstanceOf(Cancelled.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void endsWhenItsThreadIsInterruptedInAPause() {
    Supplier<String> interrupting =
        () -> {
          Thread.currentThread().interrupt();
          throw throttled(Duration.ofSeconds(20));
        };

    assertThatThrownBy(() -> run(interrupting)).isInstanceOf(Cancelled.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
