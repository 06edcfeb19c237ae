package io.kass.local.http;

import java.io.IOException;

/** An answer is longer than any that makes sense. */
final class TooLongException extends IOException {
  private static final long serialVersionUID = 1;

  TooLongException(int most) {
    super("an answer of more than " + most + " bytes");
  }
}
