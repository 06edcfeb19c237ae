package io.kass.local;

import com.google.inject.Guice;
import io.kass.local.lucene.LuceneModule;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendFactory;
import io.kass.ports.backend.BackendName;
import io.kass.ports.config.ConfigSection;
import java.nio.file.Path;

/**
 * Makes backends that live in a directory: no server, no account, no key. Lucene holds the chunks,
 * SQLite all else, and the embedding model runs in this process. One process writes to the index of
 * a directory at a time, any number read it.
 */
public final class EmbeddedBackendFactory implements BackendFactory {
  private final Path assets;

  /**
   * @param assets where the embedding model and native libraries are kept, ready to load, unless a
   *     section says otherwise
   */
  public EmbeddedBackendFactory(Path assets) {
    this.assets = assets;
  }

  @Override
  public BackendName name() {
    return BackendName.EMBEDDED;
  }

  @Override
  public Backend create(ConfigSection section, BackendContext context) {
    EmbeddedConfig config = config(section);
    DataDirectory.open(context.dataDirectory(), context.readOnly());
    return Guice.createInjector(new EmbeddedModule(config, context)).getInstance(Backend.class);
  }

  @Override
  public void discardIndex(ConfigSection section, BackendContext context) {
    config(section);
    DataDirectory.open(context.dataDirectory(), true);
    LuceneModule.discard(index(context));
  }

  /** Where the index of a backend is. */
  static Path index(BackendContext context) {
    return context.dataDirectory().resolve("index");
  }

  private EmbeddedConfig config(ConfigSection section) {
    return section.over(EmbeddedConfig.in(assets));
  }
}
