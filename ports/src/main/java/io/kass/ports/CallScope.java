package io.kass.ports;

import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What every call that leaves the process, or may block, is told first: on whose behalf, until
 * when, how it is called off, and the id that joins its log lines.
 *
 * @param caller on whose behalf
 * @param deadline the moment by which the whole call has to be over
 * @param cancellation how the caller calls it off
 * @param correlationId the same in every log line and outgoing request of one turn; not secret
 */
public record CallScope(
    Caller caller, Instant deadline, Cancellation cancellation, String correlationId) {

  /** A scope that ends {@code allowed} from now. */
  public static CallScope within(
      Duration allowed, InstantSource clock, Caller caller, String correlationId) {
    return new CallScope(caller, clock.instant().plus(allowed), new Cancellation(), correlationId);
  }

  /** The same scope, ending no later than {@code allowed} from now. */
  public CallScope atMost(Duration allowed, InstantSource clock) {
    Instant sooner = clock.instant().plus(allowed);
    return sooner.isBefore(deadline)
        ? new CallScope(caller, sooner, cancellation, correlationId)
        : this;
  }

  /** The same scope, called off by other means. */
  public CallScope with(Cancellation other) {
    return new CallScope(caller, deadline, other, correlationId);
  }

  /** The time left, or zero. */
  public Duration remaining(InstantSource clock) {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Ends the work here when it was called off or its time has passed.
   *
   * @throws io.kass.ports.error.KassException.Cancelled when it was called off
   * @throws Unavailable when the deadline has passed
   */
  public void check(InstantSource clock) {
    cancellation.throwIfCancelled();
    if (!clock.instant().isBefore(deadline)) {
      throw new Unavailable("The time allowed for this request has passed.");
    }
  }
}
