package io.kass.documents.csv;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds CSV. Asks for an {@link InstantSource}. */
public final class CsvModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader csv(InstantSource clock) {
    return new CsvFormat(clock);
  }
}
