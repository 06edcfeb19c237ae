package io.kass.documents.html;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.documents.format.FormatReader;
import io.kass.documents.guarded.DocumentParser;
import io.kass.documents.guarded.Guard;

/** Binds HTML. Asks for a {@link Guard}. */
public final class HtmlModule extends AbstractModule {
  @ProvidesIntoSet
  FormatReader html(Guard guard) {
    return new HtmlFormat(guard);
  }

  @ProvidesIntoSet
  DocumentParser parser() {
    return new HtmlParser();
  }
}
