package io.kass.ports.error;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure, sealed by who must act. The message is written for that person: what happened, and
 * what to do. Messages never carry secrets; causes are for logs and are never shown to a user.
 */
public abstract sealed class KassException extends RuntimeException {
  private KassException(String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message), cause);
  }

  /** The message, which is never null here. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The caller must change the request. */
  public static final class InvalidRequest extends KassException {
    public InvalidRequest(String message) {
      super(message, null);
    }

    public InvalidRequest(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What the caller named does not exist, or is not theirs to see. */
  public static final class NotFound extends KassException {
    public NotFound(String message) {
      super(message, null);
    }

    public NotFound(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The operator must change the configuration, or rebuild what no longer fits it. */
  public static final class Misconfigured extends KassException {
    public Misconfigured(String message) {
      super(message, null);
    }

    public Misconfigured(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A service asks for fewer requests: wait, then try again. */
  public static final class Throttled extends KassException {
    /** How long to wait before the next try. */
    private final Duration retryAfter;

    public Throttled(String message, Duration retryAfter) {
      this(message, retryAfter, null);
    }

    public Throttled(String message, Duration retryAfter, @Nullable Throwable cause) {
      super(message, cause);
      this.retryAfter = Objects.requireNonNull(retryAfter);
    }

    /** How long to wait before the next try; never negative. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** A service or a resource cannot be reached now, or the time allowed has passed. */
  public static final class Unavailable extends KassException {
    public Unavailable(String message) {
      super(message, null);
    }

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Refused to protect data: locked by another, stale, or not what was expected to be there. */
  public static final class Rejected extends KassException {
    public Rejected(String message) {
      super(message, null);
    }

    public Rejected(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The work was called off by its caller. */
  public static final class Cancelled extends KassException {
    public Cancelled(String message) {
      super(message, null);
    }

    public Cancelled(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A fault of KASS itself. */
  public static final class Internal extends KassException {
    public Internal(String message) {
      super(message, null);
    }

    public Internal(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
