package io.kass.local;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
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
import java.time.InstantSource;

/** One backend of the parts that its own module binds, whatever they are. */
final class AssemblyModule extends AbstractModule {
  private final BackendName name;
  private final BackendContext context;

  AssemblyModule(BackendName name, BackendContext context) {
    this.name = name;
    this.context = context;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    bind(InstantSource.class).toInstance(context.clock());
    bind(Closer.class).toInstance(new Closer());
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
      Inspection inspection,
      Closer closer) {
    return new Backend(
        name,
        ChatModel.none(),
        new CachedEmbeddingModel(embeddings, vectors),
        index,
        documents,
        conversations,
        cache,
        states,
        toolLog,
        ledger,
        inspection,
        closer);
  }
}
