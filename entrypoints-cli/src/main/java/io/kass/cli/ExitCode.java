package io.kass.cli;

import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;

/** How a command ends, for scripts. */
enum ExitCode {
  /** All went well. */
  FINE(0),
  /** Nothing was found, or the answer was declined. */
  NOTHING_FOUND(1),
  /** The command was not called as it can be. */
  USAGE(2),
  /** A setting must change, or something must be rebuilt. */
  MISCONFIGURED(3),
  /** Something is out of reach for now. */
  UNAVAILABLE(4),
  /** Done, but some things were skipped. */
  SKIPPED(5),
  /** Refused to protect data: locked, or not what was expected to be there. */
  REJECTED(6),
  /** A verdict: it failed. */
  FAILED(7),
  /** A verdict: the evidence does not suffice. */
  UNDECIDED(8),
  /** A fault of KASS. */
  INTERNAL(70),
  /** Interrupted; the number that shells use for Ctrl-C. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The end of a command that failed so. */
  static ExitCode of(KassException failure) {
    return switch (failure) {
      case InvalidRequest e -> USAGE;
      case NotFound e -> NOTHING_FOUND;
      case Misconfigured e -> MISCONFIGURED;
      case Throttled e -> UNAVAILABLE;
      case Unavailable e -> UNAVAILABLE;
      case Rejected e -> REJECTED;
      case Cancelled e -> INTERRUPTED;
      case Internal e -> INTERNAL;
    };
  }

  /** What {@code --json} calls a failure: the name of its kind in kebab case. */
  static String kind(KassException failure) {
    return switch (failure) {
      case InvalidRequest e -> "invalid-request";
      case NotFound e -> "not-found";
      case Misconfigured e -> "misconfigured";
      case Throttled e -> "throttled";
      case Unavailable e -> "unavailable";
      case Rejected e -> "rejected";
      case Cancelled e -> "cancelled";
      case Internal e -> "internal";
    };
  }
}
