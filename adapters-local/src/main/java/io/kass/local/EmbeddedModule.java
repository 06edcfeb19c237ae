package io.kass.local;

import com.google.inject.AbstractModule;
import io.kass.local.files.FilesModule;
import io.kass.local.lucene.LuceneModule;
import io.kass.local.onnx.OnnxConfig;
import io.kass.local.onnx.OnnxModule;
import io.kass.local.sqlite.SqliteConfig;
import io.kass.local.sqlite.SqliteModule;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Inspection;
import java.nio.file.Path;

/** The parts of one embedded backend, which share nothing with those of another. */
final class EmbeddedModule extends AbstractModule {
  private static final int CONNECTIONS = 4;

  private final EmbeddedConfig config;
  private final BackendContext context;

  EmbeddedModule(EmbeddedConfig config, BackendContext context) {
    this.config = config;
    this.context = context;
  }

  /** Where the embedding model is, ready to load. */
  static Path models(Path assets) {
    return assets.resolve("models");
  }

  /** Where the database's native library is, unpacked. */
  static Path natives(Path assets) {
    return assets.resolve("natives");
  }

  /** The embedding model in this process. */
  static OnnxConfig model(EmbeddedConfig config) {
    return new OnnxConfig(models(config.assets()), config.workers(), true);
  }

  /** The database of a backend. */
  static SqliteConfig database(EmbeddedConfig config, BackendContext context) {
    return new SqliteConfig(
        context.dataDirectory().resolve("kass.db"),
        natives(config.assets()),
        config.busyTimeout(),
        CONNECTIONS);
  }

  @Override
  protected void configure() {
    install(new AssemblyModule(BackendName.EMBEDDED, context));
    Path data = context.dataDirectory();
    bind(Inspection.class).toInstance(Inspection.none());
    bind(OnnxConfig.class).toInstance(model(config));
    install(new FilesModule(data.resolve("documents")));
    install(new LuceneModule(config.index(), context));
    install(new OnnxModule());
    install(new SqliteModule(database(config, context)));
  }
}
