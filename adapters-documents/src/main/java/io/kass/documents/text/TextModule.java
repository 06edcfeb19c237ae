package io.kass.documents.text;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import java.time.InstantSource;

/** Binds plain text and Markdown. Asks for an {@link InstantSource}. */
public final class TextModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader markdown(InstantSource clock) {
    return TextFormat.markdown(clock);
  }

  @ProvidesIntoSet
  FormatReader plain(InstantSource clock) {
    return TextFormat.plain(clock);
  }
}
