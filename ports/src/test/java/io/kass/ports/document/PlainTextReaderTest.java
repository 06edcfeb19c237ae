package io.kass.ports.document;

class PlainTextReaderTest extends DocumentReaderContract {
  @Override
  protected DocumentReader reader() {
    return new PlainTextReader("plain-1");
  }
}
