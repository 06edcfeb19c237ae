package io.kass.documents;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Stage;
import io.kass.documents.format.DocumentLimits;
import io.kass.ports.document.DocumentReader;
import java.time.Duration;
import java.time.InstantSource;

/** The reader of all formats, as an entry point wires it. */
public final class TestDocuments {
  /** Small enough to run into, large enough for any honest test document. */
  public static final DocumentLimits SMALL =
      new DocumentLimits(64L << 20, 200, Duration.ofSeconds(60), Duration.ZERO, 64, 2);

  private TestDocuments() {}

  /** A reader with its usual limits. */
  public static DocumentReader reader() {
    return reader(DocumentLimits.DEFAULT);
  }

  /** A reader with other limits. */
  public static DocumentReader reader(DocumentLimits limits) {
    var clock =
        new AbstractModule() {
          @Override
          protected void configure() {
            binder().requireExplicitBindings();
            binder().disableCircularProxies();
            bind(InstantSource.class).toInstance(InstantSource.system());
          }
        };
    return Guice.createInjector(Stage.PRODUCTION, clock, new DocumentsModule(limits))
        .getInstance(DocumentReader.class);
  }
}
