package io.kass.documents;

import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentReaderContract;

class DocumentsTest extends DocumentReaderContract {
  private final DocumentReader reader = TestDocuments.reader();

  @Override
  protected DocumentReader reader() {
    return reader;
  }
}
