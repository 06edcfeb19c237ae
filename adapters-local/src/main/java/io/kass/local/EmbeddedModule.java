package io.kass.local;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.local.files.FilesModule;
import io.kass.local.lucene.LuceneModule;
import io.kass.local.onnx.OnnxConfig;
import io.kass.local.onnx.OnnxModule;
import io.kass.local.sqlite.SqliteConfig;
import io.kass.local.sqlite.SqliteModule;
import io.kass.local.vectors.CachedEmbeddingModel;
import io.kass.local.vectors.VectorCache;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.ToolLog;
import java.nio.file.Path;
import java.time.InstantSource;

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
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    Path data = context.dataDirectory();
    bind(InstantSource.class).toInstance(context.clock());
    bind(Closer.class).toInstance(new Closer());
    bind(OnnxConfig.class).toInstance(model(config));
    install(new FilesModule(data.resolve("documents")));
    install(new LuceneModule(config.index(), context));
    install(new OnnxModule());
    install(new SqliteModule(database(config, context)));
  }

  @Provides
  EmbeddingInfo embeddingInfo(EmbeddingModel model) {
    return model.info();
  }

  @Provides
  @Singleton
  Backend backend(
      EmbeddingModel embeddings,
      VectorCache vectors,
      ChunkIndex index,
      DocumentStore documents,
      ConversationLog conversations,
      AnswerCache cache,
      AgentStates states,
      ToolLog toolLog,
      Ledger ledger,
      Closer closer) {
    return new Backend(
        BackendName.EMBEDDED,
        ChatModel.none(),
        new CachedEmbeddingModel(embeddings, vectors),
        index,
        documents,
        conversations,
        cache,
        states,
        toolLog,
        ledger,
        Inspection.none(),
        closer);
  }
}
