package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  private static final List<KassException> FAILURES =
      List.of(
          new InvalidRequest("x"),
          new NotFound("x"),
          new Misconfigured("x"),
          new Throttled("x", Duration.ZERO),
          new Unavailable("x"),
          new Rejected("x"),
          new Cancelled("x"),
          new Internal("x"));

  @Test
  void eachKindOfFailureHasItsCode() {
    assertThat(FAILURES.stream().map(ExitCode::of).map(ExitCode::number))
        .containsExactly(2, 1, 3, 4, 4, 6, 130, 70);
  }

  @Test
  void eachKindOfFailureHasItsName() {
    assertThat(FAILURES.stream().map(ExitCode::kind))
        .containsExactly(
            "invalid-request",
            "not-found",
            "misconfigured",
            "throttled",
            "unavailable",
            "rejected",
            "cancelled",
            "internal");
  }

  @Test
  void noKindOfFailureIsLeftOut() {
    assertThat(FAILURES.stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrder(KassException.class.getPermittedSubclasses());
  }
}
