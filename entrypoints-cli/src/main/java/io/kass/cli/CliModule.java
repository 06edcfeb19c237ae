package io.kass.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import io.kass.cli.config.KassConfig;
import io.kass.cli.config.PricesConfig;
import io.kass.core.KassSettings;
import io.kass.core.assistant.AnswerLimits;
import io.kass.core.assistant.AssistantSettings;
import io.kass.core.chunking.Chunkers;
import io.kass.core.chunking.ChunkingSettings;
import io.kass.core.chunking.TokenMeasure;
import io.kass.core.ingestion.IngestionSettings;
import io.kass.documents.DocumentsModule;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.tokens.TokensModule;
import io.kass.local.EmbeddedBackendFactory;
import io.kass.local.LegacyBackendFactory;
import io.kass.local.chat.ChatConfig;
import io.kass.local.chat.ChatModule;
import io.kass.local.files.FilesModule;
import io.kass.ports.backend.BackendFactory;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import java.nio.file.Path;
import java.time.InstantSource;

/** The parts of the command: which backends there are, and what all of them share. */
final class CliModule extends AbstractModule {
  private final Invocation invocation;
  private final KassSettings settings;

  /** Reads the settings here, where Guice does not wrap what is wrong with them. */
  CliModule(Invocation invocation) {
    this.invocation = invocation;
    this.settings = settings(invocation.config());
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    var backends = MapBinder.newMapBinder(binder(), BackendName.class, BackendFactory.class);
    backends.addBinding(BackendName.EMBEDDED).toInstance(new EmbeddedBackendFactory(assets()));
    backends.addBinding(BackendName.LEGACY).toInstance(new LegacyBackendFactory(assets()));
    InstantSource clock = invocation.surroundings().clock();
    bind(UserDocuments.class).toInstance(target -> FilesModule.reading(target.path(), clock));
    bind(InstantSource.class).toInstance(invocation.surroundings().clock());
    bind(KassSettings.class).toInstance(settings);
    bind(Closer.class).toInstance(new Closer());
    install(new ChatModule());
    install(new DocumentsModule(invocation.config().read("documents", DocumentLimits.DEFAULT)));
  }

  private static KassSettings settings(KassConfig config) {
    return new KassSettings(
        Chunkers.of(
            config.read("chunking", ChunkingSettings.DEFAULTS),
            new TokenMeasure(TokensModule.NAME, TokensModule.counting())),
        config.read("ingestion", IngestionSettings.DEFAULTS),
        config.read("answers", AssistantSettings.DEFAULTS),
        config.read("limits", AnswerLimits.DEFAULTS),
        config.read("prices", PricesConfig.DEFAULTS).prices());
  }

  /** Read when a command first asks for the model: others do not care how it is set. */
  @Provides
  @Singleton
  ChatConfig chat() {
    return invocation.config().read("chat", ChatConfig.DEFAULTS);
  }

  /** Made by the build where there was one, else by the first use. */
  private Path assets() {
    String built = System.getProperty("kass.assets");
    return built == null
        ? invocation.config().directories().cache().resolve("assets")
        : Path.of(built);
  }
}
