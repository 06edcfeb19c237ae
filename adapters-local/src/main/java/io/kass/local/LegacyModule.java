package io.kass.local;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.util.Modules;
import io.kass.local.chroma.ChromaModule;
import io.kass.local.embedding.EmbeddingConfig;
import io.kass.local.embedding.EmbeddingModule;
import io.kass.local.files.FilesModule;
import io.kass.local.onnx.OnnxConfig;
import io.kass.local.onnx.OnnxModule;
import io.kass.local.postgres.PostgresModule;
import io.kass.local.sqlite.SqliteModule;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Inspection;
import io.kass.ports.embedding.EmbeddingModel;
import java.util.Set;

/** The parts of one legacy backend, which share nothing with those of another. */
final class LegacyModule extends AbstractModule {
  private final LegacyConfig config;
  private final BackendContext context;

  LegacyModule(LegacyConfig config, BackendContext context) {
    this.config = config;
    this.context = context;
  }

  @Override
  protected void configure() {
    install(new AssemblyModule(BackendName.LEGACY, context));
    bind(LegacyConfig.class).toInstance(config);
    install(new ChromaModule(config.chroma(), context));
    install(
        Modules.override(new SqliteModule(EmbeddedModule.database(config.local(), context)))
            .with(new PostgresModule(config.postgres())));
    install(embeddings());
    install(new FilesModule(config.documents()));
  }

  private Module embeddings() {
    if (config.embedsHere()) {
      bind(OnnxConfig.class).toInstance(EmbeddedModule.model(config.local()));
      return new OnnxModule();
    }
    bind(EmbeddingConfig.class).toInstance(config.embedding());
    return new EmbeddingModule();
  }

  @Provides
  @Singleton
  Inspection inspection(Set<Inspection> parts, EmbeddingModel model) {
    return new LegacyInspection(config, parts, model.info());
  }
}
