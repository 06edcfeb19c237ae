package io.kass.documents.format;

import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Unreadable;
import java.io.IOException;

/** A document cannot be read, as was found on the way. */
public final class DocumentFault extends IOException {
  private static final long serialVersionUID = 1;

  private final Cause why;

  public DocumentFault(Cause why, String message) {
    super(message);
    this.why = why;
  }

  /** What the user is told. */
  public Unreadable reading() {
    return new Unreadable(why, String.valueOf(getMessage()));
  }
}
