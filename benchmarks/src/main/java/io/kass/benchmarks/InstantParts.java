package io.kass.benchmarks;

import io.kass.core.Kass;
import io.kass.core.KassSettings;
import io.kass.core.tool.Tools;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import io.kass.ports.assistant.Assistant;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendName;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.Place;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Hit;
import io.kass.ports.index.IndexDescription;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Metric;
import io.kass.ports.index.SearchMode;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.Tool;
import io.kass.ports.tool.ToolArguments;
import io.kass.ports.tool.ToolLog;
import io.kass.ports.tool.ToolOutcome;
import io.kass.ports.tool.ToolSpec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An assistant over ports that answer at once, so that what is left is its own time. */
final class InstantParts {
  /** What is asked and found, the same for the peer. */
  static final String QUESTION = "How long are the audit logs of the archive kept?";

  static final List<String> PASSAGES = passages();
  static final UserId USER = new UserId("benchmark");
  static final ConversationId CONVERSATION = new ConversationId("benchmark");
  static final String ASKED = "Where do invoices go at the end of a year?";
  static final String ANSWERED = "Invoices go to the archive of the second site [1].";

  private InstantParts() {}

  /** The assistant with this model. */
  static Assistant assistant(ChatModel model) {
    var backend =
        new Backend(
            BackendName.EMBEDDED,
            model,
            new InstantEmbeddings(),
            index(),
            unused(DocumentStore.class),
            conversations(),
            AnswerCache.none(),
            unused(AgentStates.class),
            unused(ToolLog.class),
            unused(Ledger.class),
            Inspection.none(),
            new Closer());
    return Kass.assemble(
            backend,
            unused(DocumentReader.class),
            Tools.reading(Set.of(new LookUp())),
            KassSettings.DEFAULTS,
            InstantSource.system(),
            RandomGenerator.getDefault())
        .assistant();
  }

  private static List<String> passages() {
    var passages = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      passages.add(
          ("Rule " + i + " of the archive: audit logs of site " + i + " are kept for " + (i + 3))
              + " years, because the law on records asks for it. Whoever needs one asks the desk,"
              + " says which and why, and waits for a day or two until it is brought. Number "
              + Integer.toHexString(i * 7_919).repeat(8)
              + " stands on its box; the box stays closed until both have signed.");
    }
    return passages;
  }

  private static ConversationLog conversations() {
    List<Message> said = List.of(message(Role.USER, ASKED), message(Role.ASSISTANT, ANSWERED));
    return answering(ConversationLog.class, "last", said);
  }

  private static Message message(Role role, String text) {
    return new Message(
        Message.key(CONVERSATION, "turn", role),
        CONVERSATION,
        USER,
        role,
        text,
        null,
        Metadata.EMPTY);
  }

  private static ChunkIndex index() {
    var hits = new ArrayList<Hit>();
    for (String text : PASSAGES) {
      var document = new DocumentId("/rules/" + hits.size());
      var chunk =
          new Chunk(
              ChunkKey.of(document, ContentHash.of(text), 0),
              document,
              text,
              Place.WHOLE,
              Language.ENGLISH,
              Audience.EVERYONE,
              Metadata.EMPTY);
      hits.add(
          new Hit(
              new StoredChunk(chunk, null, List.of()),
              0.9 - 0.01 * hits.size(),
              Set.of(0),
              OptionalDouble.empty()));
    }
    var description =
        new IndexDescription(
            "benchmark",
            "instant",
            2,
            Metric.COSINE,
            "none",
            "1",
            1_000,
            EnumSet.allOf(SearchMode.class),
            true,
            Duration.ZERO,
            false);
    var legs = new Legs(hits, hits, List.of(Legs.QueryTerm.of("audit", 5, 1_000)));
    ChunkIndex answering = answering(ChunkIndex.class, "search", legs);
    return proxied(
        ChunkIndex.class,
        (method, arguments) ->
            method.equals("description")
                ? description
                : answering.search((CallScope) arguments[0], (ChunkQuery) arguments[1]));
  }

  /** A port of which nothing is used but what returns nothing. */
  private static <T> T unused(Class<T> port) {
    return answering(port, "", new Object());
  }

  private static <T> T answering(Class<T> port, String answered, Object answer) {
    return proxied(port, (method, arguments) -> method.equals(answered) ? answer : null);
  }

  private interface Answers {
    @Nullable Object to(String method, Object[] arguments);
  }

  private static <T> T proxied(Class<T> port, Answers answers) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
  }

  private static final class InstantEmbeddings implements EmbeddingModel {
    private static final EmbeddingInfo INFO =
        new EmbeddingInfo("instant", 2, 512, Set.of(Language.ENGLISH));
    private static final List<Vector> VECTOR = List.of(Vector.of(1, 0));

    @Override
    public EmbeddingInfo info() {
      return INFO;
    }

    @Override
    public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
      return VECTOR;
    }
  }

  private static final class LookUp implements Tool {
    private final ToolSpec spec =
        new ToolSpec(
            "lookUp",
            "Looks a rule up by its number.",
            new Json.Obj(
                Map.of(
                    "type", Json.of("object"),
                    "properties",
                        new Json.Obj(
                            Map.of("number", new Json.Obj(Map.of("type", Json.of("integer"))))),
                    "required", Json.ofTexts(List.of("number")))),
            ToolSpec.Effect.READS);

    @Override
    public ToolSpec spec() {
      return spec;
    }

    @Override
    public ToolOutcome call(CallScope scope, ToolArguments arguments) {
      return new ToolOutcome.Success("Rule 3 holds since 2019.");
    }
  }
}
