package io.kass.documents.pdf;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import io.kass.documents.guarded.DocumentParser;
import io.kass.documents.guarded.Guard;

/** Binds PDF. Asks for a {@link Guard}. */
public final class PdfModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader pdf(Guard guard) {
    return new PdfFormat(guard);
  }

  @ProvidesIntoSet
  DocumentParser parser() {
    return new PdfParser();
  }
}
