package io.kass.documents.json;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds JSON and lines of JSON. Asks for an {@link InstantSource}. */
public final class JsonModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader json(InstantSource clock) {
    return new JsonFormat(clock);
  }

  @ProvidesIntoSet
  FormatReader jsonLines(InstantSource clock) {
    return new JsonLinesFormat(clock);
  }
}
