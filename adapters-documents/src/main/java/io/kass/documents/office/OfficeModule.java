package io.kass.documents.office;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import io.kass.documents.guarded.DocumentParser;
import io.kass.documents.guarded.Guard;

/** Binds Office documents. Asks for a {@link Guard}. */
public final class OfficeModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader office(Guard guard) {
    return new OfficeFormat(guard);
  }

  @ProvidesIntoSet
  DocumentParser parser() {
    return new OfficeParser();
  }
}
