package io.kass.documents.pdf;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.ReadDocument;
import org.junit.jupiter.api.Test;

class PdfFormatTest {
  private final DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);

  @Test
  void smoke() {
    for (int i = 0; i < 3; i++) {
      long t = System.nanoTime();
      var d =
          ReadDocument.of(
              reader, "a.pdf", Pdfs.pages("Hello there\nthis is page one.", "And page two."));
      System.out.println(d + " " + (System.nanoTime() - t) / 1e6);
    }
  }
}
