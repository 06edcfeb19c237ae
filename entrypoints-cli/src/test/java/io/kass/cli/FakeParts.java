package io.kass.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.MapBinder;
import io.kass.core.KassSettings;
import io.kass.ports.Obstructed;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendFactory;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.cache.InMemoryAnswerCache;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.InMemoryConversationLog;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.InMemoryDocumentStore;
import io.kass.ports.document.PlainTextReader;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.tool.InMemoryAgentStates;
import io.kass.ports.tool.InMemoryToolLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** KASS made of the ports' fakes. What is ingested by one command is there for the next. */
final class FakeParts implements Composition {
  static final HashingEmbeddingModel MODEL = HashingEmbeddingModel.ofDimension(64);

  private final Clock clock = Clock.systemUTC();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryDocumentStore own = new InMemoryDocumentStore(clock);
  private ConversationLog conversations = new InMemoryConversationLog();
  private InMemoryChunkIndex index = newIndex();
  private UnaryOperator<ChunkIndex> wrapping = plain -> plain;
  private ChatModel chat = ChatModel.none();
  private boolean closed = true;

  /** Another language model than none. */
  FakeParts with(ChatModel model) {
    chat = model;
    return this;
  }

  /** Something between KASS and the index, from now on. */
  FakeParts wrapping(UnaryOperator<ChunkIndex> wrapper) {
    wrapping = wrapper;
    return this;
  }

  /** Conversations to which nothing can be added, from now on. */
  FakeParts notRecording(RuntimeException failure) {
    conversations = Obstructed.failing(ConversationLog.class, conversations, "append", failure);
    return this;
  }

  /** Whether all that was opened was closed. */
  boolean closed() {
    return closed;
  }

  @Override
  public Injector compose(Invocation invocation) {
    return Guice.createInjector(new Parts());
  }

  private static InMemoryChunkIndex newIndex() {
    return new InMemoryChunkIndex(MODEL.info().id(), 64, KassSettings.DEFAULTS.chunkers().id());
  }

  private final class Parts extends AbstractModule {
    @Override
    protected void configure() {
      MapBinder.newMapBinder(binder(), BackendName.class, BackendFactory.class)
          .addBinding(BackendName.EMBEDDED)
          .toInstance(new Factory());
      bind(DocumentReader.class).toInstance(new PlainTextReader("plain"));
      bind(ChatModel.class).toInstance(chat);
      bind(Closer.class).toInstance(new Closer());
      bind(KassSettings.class).toInstance(KassSettings.DEFAULTS);
      bind(UserDocuments.class).toInstance(FakeParts.this::read);
    }
  }

  private final class Factory implements BackendFactory {
    @Override
    public BackendName name() {
      return BackendName.EMBEDDED;
    }

    @Override
    public Backend create(ConfigSection section, BackendContext context) {
      closed = false;
      var closer = new Closer();
      closer.register(() -> closed = true);
      return new Backend(
          name(),
          ChatModel.none(),
          MODEL,
          wrapping.apply(index),
          own,
          conversations,
          new InMemoryAnswerCache(clock),
          new InMemoryAgentStates(clock),
          new InMemoryToolLog(),
          ledger,
          Inspection.none(),
          closer);
    }

    @Override
    public void discardIndex(ConfigSection section, BackendContext context) {
      index = newIndex();
    }
  }

  private DocumentStore read(Target target) {
    var store = new InMemoryDocumentStore(clock);
    for (Path file : files(target.path())) {
      try {
        store.put(new DocumentId(file.toString()), Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return store;
  }

  private static List<Path> files(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
