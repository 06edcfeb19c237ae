package io.kass.cli;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.TypeLiteral;
import io.kass.cli.config.BackendConfig;
import io.kass.core.Kass;
import io.kass.core.KassSettings;
import io.kass.core.tool.Tools;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendFactory;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.config.Nearest;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.telemetry.Telemetry;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** KASS over the backend that is configured, open for one command. */
final class Session implements AutoCloseable {
  private static final Key<Map<BackendName, BackendFactory>> FACTORIES =
      Key.get(new TypeLiteral<Map<BackendName, BackendFactory>>() {});

  private final Backend backend;
  private final Kass kass;
  private final KassSettings settings;
  private final UserDocuments documents;
  private final Closer shared;

  /** What a command needs beyond reading the index. */
  enum Need {
    /** To write the index. */
    WRITING,
    /** The language model, where there is one. */
    CHAT
  }

  private Session(
      Backend backend, Kass kass, KassSettings settings, UserDocuments documents, Closer shared) {
    this.backend = backend;
    this.kass = kass;
    this.settings = settings;
    this.documents = documents;
    this.shared = shared;
  }

  /** Opens it for a command that needs no more than this. */
  static Session open(Invocation invocation, Set<Need> needs) {
    Injector injector = invocation.composition().compose(invocation);
    BackendFactory factory = factory(injector, invocation.config().backend());
    KassSettings settings = injector.getInstance(KassSettings.class);
    ChatModel chat = needs.contains(Need.CHAT) ? chat(injector) : ChatModel.none();
    BackendContext context = context(invocation, settings, !needs.contains(Need.WRITING));
    Backend backend = factory.create(section(invocation, factory), context).with(chat);
    Kass kass =
        Kass.assemble(
            backend,
            injector.getInstance(DocumentReader.class),
            Tools.NONE,
            settings,
            invocation.surroundings().clock(),
            invocation.surroundings().random());
    return new Session(
        backend,
        kass,
        settings,
        injector.getInstance(UserDocuments.class),
        injector.getInstance(Closer.class));
  }

  /** Its settings are read now: what is wrong with them is no fault of the parts. */
  private static ChatModel chat(Injector injector) {
    try {
      return injector.getInstance(ChatModel.class);
    } catch (ProvisionException e) {
      if (e.getCause() instanceof KassException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Gives up the index, whatever it was built for. */
  static void discardIndex(Invocation invocation) {
    Injector injector = invocation.composition().compose(invocation);
    BackendFactory factory = factory(injector, invocation.config().backend());
    KassSettings settings = injector.getInstance(KassSettings.class);
    factory.discardIndex(section(invocation, factory), context(invocation, settings, false));
  }

  private static ConfigSection section(Invocation invocation, BackendFactory factory) {
    return invocation.config().section(factory.name().value());
  }

  private static BackendContext context(
      Invocation invocation, KassSettings settings, boolean readOnly) {
    return new BackendContext(
        invocation.surroundings().clock(),
        Telemetry.none(),
        invocation.config().data().dir(),
        settings.chunkers().id(),
        readOnly);
  }

  private static BackendFactory factory(Injector injector, BackendConfig config) {
    Map<BackendName, BackendFactory> factories = injector.getInstance(FACTORIES);
    BackendFactory factory = factories.get(new BackendName(config.name()));
    if (factory == null) {
      var names = new TreeSet<>(factories.keySet().stream().map(BackendName::value).toList());
      throw new Misconfigured(
          "There is no backend '%s'. Did you mean '%s'?"
              .formatted(config.name(), Nearest.of(config.name(), names)));
    }
    return factory;
  }

  Backend backend() {
    return backend;
  }

  Kass kass() {
    return kass;
  }

  KassSettings settings() {
    return settings;
  }

  /** The documents that the user points at. */
  DocumentStore documents(Target target) {
    return documents.at(target);
  }

  /** Whether nothing was ever ingested. */
  boolean isEmpty() {
    return backend.index().description().chunks() == 0;
  }

  @Override
  public void close() {
    try (shared) {
      backend.close();
    }
  }
}
