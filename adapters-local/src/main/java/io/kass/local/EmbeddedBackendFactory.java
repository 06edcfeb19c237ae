package io.kass.local;

import com.google.inject.Guice;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendFactory;
import io.kass.ports.backend.BackendName;
import io.kass.ports.config.ConfigSection;

/**
 * Makes backends that live in a directory: no server, no account, no key. Lucene holds the chunks,
 * SQLite all else, and the embedding model runs in this process. One process writes to the index of
 * a directory at a time, any number read it.
 */
public final class EmbeddedBackendFactory implements BackendFactory {
  @Override
  public BackendName name() {
    return BackendName.EMBEDDED;
  }

  @Override
  public Backend create(ConfigSection section, BackendContext context) {
    EmbeddedConfig config = section.over(EmbeddedConfig.in(context.dataDirectory()));
    DataDirectory.open(context.dataDirectory(), context.readOnly());
    return Guice.createInjector(new EmbeddedModule(config, context)).getInstance(Backend.class);
  }
}
