package io.kass.documents.patch;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds patches. Asks for an {@link InstantSource}. */
public final class PatchModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader patch(InstantSource clock) {
    return new PatchFormat(clock);
  }
}
