package io.kass.documents.pdf;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds PDF. Asks for {@link DocumentLimits} and an {@link InstantSource}. */
public final class PdfModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader pdf(DocumentLimits limits, InstantSource clock) {
    return new PdfFormat(limits, clock, System::nanoTime);
  }
}
