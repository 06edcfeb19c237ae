package io.kass.local;

import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendFactory;
import io.kass.ports.backend.BackendName;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Rejected;
import java.nio.file.Path;

/**
 * Makes backends over the servers of the legacy application as they stand: a collection of Chroma,
 * the table of PostgreSQL, a folder of documents. What KASS has to remember itself is in the folder
 * {@code legacy} of the data directory, since none of theirs is ours to change. Servers are
 * connected to when they are first used, and checked then.
 */
public final class LegacyBackendFactory implements BackendFactory {
  private final Path assets;

  /**
   * @param assets where the embedding model and native libraries are kept, ready to load, unless a
   *     section says otherwise
   */
  public LegacyBackendFactory(Path assets) {
    this.assets = assets;
  }

  @Override
  public BackendName name() {
    return BackendName.LEGACY;
  }

  @Override
  public Backend create(ConfigSection section, BackendContext context) {
    LegacyConfig config = section.over(LegacyConfig.in(assets));
    Path data = context.dataDirectory().resolve("legacy");
    // Reading notes things, too: here, so that nothing of theirs need change.
    DataDirectory.open(data, false);
    var own =
        new BackendContext(
            context.clock(), context.telemetry(), data, context.chunkerId(), context.readOnly());
    try {
      return Guice.createInjector(new LegacyModule(config, own)).getInstance(Backend.class);
    } catch (ProvisionException e) {
      if (e.getCause() instanceof KassException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void discardIndex(ConfigSection section, BackendContext context) {
    throw new Rejected(
        "The collection is the legacy application's: KASS does not give it up. Take single"
            + " documents out with 'kass documents remove', or name another collection.");
  }
}
