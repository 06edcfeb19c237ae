package io.kass.documents.code;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds source code. Asks for an {@link InstantSource}. */
public final class CodeModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader code(InstantSource clock) {
    return new CodeFormat(clock);
  }
}
