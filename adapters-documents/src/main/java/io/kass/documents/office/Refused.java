package io.kass.documents.office;

import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Unreadable;
import java.io.IOException;

/** A document that cannot be read, for a reason that the user is told. */
final class Refused extends IOException {
  private static final long serialVersionUID = 1;

  private final Cause reason;

  Refused(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  Unreadable reading() {
    return new Unreadable(reason, String.valueOf(getMessage()));
  }

  static Refused encrypted() {
    return new Refused(
        Cause.ENCRYPTED, "It is protected by a password. Save it without one, or leave it out.");
  }

  static Refused damaged(String detail) {
    return new Refused(
        Cause.DAMAGED,
        "It is damaged: " + detail + ". Get it anew, or save it to a new file with Office.");
  }
}
