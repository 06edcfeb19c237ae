package io.kass.local.http;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a caller waits for a server: within its scope, and no longer than is configured. */
final class Waiting {
  private final CallScope scope;
  private final ServerErrors errors;
  private final long end;
  private final boolean untilDeadline;

  private Waiting(CallScope scope, ServerErrors errors, Duration left) {
    this.scope = scope;
    this.errors = errors;
    this.untilDeadline = left.compareTo(errors.timeout()) <= 0;
    this.end = System.nanoTime() + (untilDeadline ? left : errors.timeout()).toNanos();
  }

  /**
   * Begins to wait.
   *
   * @throws KassException when the scope has ended
   */
  static Waiting begin(CallScope scope, ServerErrors errors) {
    scope.check(errors.clock());
    return new Waiting(scope, errors, scope.remaining(errors.clock()));
  }

  /** How long is left to wait. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /**
   * What the client comes back with.
   *
   * @throws KassException when it does not in time, the scope ends, or the server cannot be reached
   * @throws IOException when a connection broke, which another one may not
   */
  <T> T await(CompletableFuture<T> sent) throws IOException {
    try {
      return sent.get(left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (CancellationException e) {
      throw new Cancelled("The call was cancelled.", e);
    } catch (TimeoutException e) {
      throw tooLate();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      scope.cancellation().throwIfCancelled();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof IOException broken
          && !(cause instanceof ConnectException)
          && !(cause instanceof HttpConnectTimeoutException)
          && !(cause instanceof TooLongException)) {
        throw broken;
      }
      throw errors.connection(cause);
    }
  }

  /** Nothing came in time: the caller's, or the server's. */
  KassException tooLate() {
    return untilDeadline
        ? new Unavailable("The time allowed for this request has passed.")
        : errors.silent();
  }

  /** The waiting thread was interrupted, and stays so. */
  static Cancelled interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Cancelled("The thread that waited for the server was interrupted.", e);
  }
}
