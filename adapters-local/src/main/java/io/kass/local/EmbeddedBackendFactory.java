package io.kass.local;

import com.google.inject.Guice;
import io.kass.local.lucene.LuceneModule;
import io.kass.local.onnx.OnnxModule;
import io.kass.local.sqlite.SqliteModule;
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

  /**
   * Makes the files from which backends load quickly, unless they are there: for a build, so that
   * the first use need not.
   *
   * @param assets the directory that a factory will be given
   * @throws io.kass.ports.error.KassException.Misconfigured when it cannot be written, or the model
   *     does not run on this machine
   */
  public static void prepare(Path assets) {
    OnnxModule.prepare(EmbeddedModule.models(assets));
    SqliteModule.warmUp(EmbeddedModule.natives(assets));
  }

  @Override
  public BackendName name() {
    return BackendName.EMBEDDED;
  }

  @Override
  public Backend create(ConfigSection section, BackendContext context) {
    EmbeddedConfig config = config(section);
    DataDirectory.open(context.dataDirectory(), context.readOnly());
    // Beside the model and the index: whoever comes to the database first waits for what is left.
    Thread.ofPlatform()
        .daemon()
        .name("sqlite-warm-up")
        .start(() -> SqliteModule.warmUp(EmbeddedModule.natives(config.assets())));
    return Guice.createInjector(new EmbeddedModule(config, context)).getInstance(Backend.class);
  }

  @Override
  public void discardIndex(ConfigSection section, BackendContext context) {
    EmbeddedConfig config = config(section);
    DataDirectory.open(context.dataDirectory(), true);
    LuceneModule.discard(config.index().under(context.dataDirectory()).directory());
  }

  private EmbeddedConfig config(ConfigSection section) {
    return section.over(EmbeddedConfig.in(assets));
  }
}
