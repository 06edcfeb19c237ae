package io.kass.documents.csv;

import java.io.IOException;

/** The table breaks its rules; the message is for the user. */
final class CsvFault extends IOException {
  private static final long serialVersionUID = 1;

  CsvFault(String message) {
    super(message);
  }
}
