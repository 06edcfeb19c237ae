package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.core.Kass;
import io.kass.core.KassSettings;
import io.kass.core.tool.Tools;
import io.kass.local.EmbeddedBackendFactory;
import io.kass.local.LegacyBackendFactory;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.TestScopes;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Question;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.BackendFactory;
import io.kass.ports.backend.Part;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.InMemoryDocumentStore;
import io.kass.ports.document.PlainTextReader;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Metric;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The legacy backend and the embedded one, both open in one process. */
@ExtendWith(LegacyServers.Extension.class)
class SideBySideTest {
  private static final CallScope SCOPE = TestScopes.scope();
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String QUESTION = "How long are backups kept?";

  @TempDir static Path assets;

  @TempDir Path temporary;

  private LegacyServers servers;

  @BeforeEach
  void meet(LegacyServers given) {
    servers = given;
  }

  @Test
  void bothAreAskedAndNeitherSeesTheOther() {
    var own = new InMemoryDocumentStore(CLOCK);
    own.put("a.txt", "Backups are kept for two weeks.");
    try (Backend legacy = legacy(Map.of(), true);
        Backend embedded =
            open(new EmbeddedBackendFactory(assets), ConfigSection.empty("embedded"), false)) {
      Kass old = kass(legacy);
      Kass candidate = kass(embedded);
      candidate.ingestion().run(SCOPE, own, "", Audience.EVERYONE, progress -> {});

      assertThat(answer(old)).contains("35 days").doesNotContain("two weeks");
      assertThat(answer(candidate)).contains("two weeks").doesNotContain("35 days");
      assertThat(answer(old)).contains("35 days");

      assertThat(legacy.index().description().metric()).isEqualTo(Metric.SQUARED_EUCLIDEAN);
      assertThat(embedded.index().description().metric()).isEqualTo(Metric.COSINE);
      assertThat(legacy.conversations().last(SCOPE, new ConversationId("side-by-side"), 10))
          .hasSize(4);
      assertThat(embedded.conversations().last(SCOPE, new ConversationId("side-by-side"), 10))
          .hasSize(2);
      assertThat(legacy.conversations().delete(SCOPE, new ConversationId("side-by-side"))).isTrue();
    }
  }

  @Test
  void readsTheFolderOfTheDeploymentAndKeepsItsOwnNotesApart() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("embedding-data"));
    Files.writeString(Files.createDirectories(folder.resolve("excel")).resolve("設計.txt"), "text");
    try (Backend legacy = legacy(Map.of("documents", folder.toString()), true)) {
      assertThat(legacy.documents().list(SCOPE, "", Cursor.START).documents())
          .singleElement()
          .satisfies(document -> assertThat(document.id().value()).isEqualTo("excel/設計.txt"));
      var id = new DocumentId("excel/設計.txt");
      try (var content = legacy.documents().open(SCOPE, id, null).content()) {
        assertThat(Channels.newInputStream(content).readAllBytes())
            .isEqualTo("text".getBytes(StandardCharsets.UTF_8));
      }
      assertThatThrownBy(() -> legacy.documents().open(SCOPE, new DocumentId("none"), null))
          .isInstanceOf(NotFound.class);
    }
    assertThat(temporary.resolve("data/legacy/format.json")).exists();
    assertThat(temporary.resolve("data/kass.db")).doesNotExist();
  }

  @Test
  void looksAtEachPart() {
    try (Backend legacy = legacy(Map.of(), true)) {
      assertThat(legacy.inspection().look(SCOPE))
          .allMatch(part -> part.failure() == null)
          .extracting(Part::name)
          .containsExactlyInAnyOrder("chroma", "postgres", "model", "documents");
      assertThat(legacy.inspection().look(SCOPE).toString()).doesNotContain(servers.password());
    }
  }

  @Test
  void theModelIsTheServersThatIsSet() {
    try (Backend legacy =
        legacy(Map.of("embedding-provider", "voyage", "embedding-key", "k"), true)) {
      assertThat(legacy.embeddings().info().id()).isEqualTo("voyage-2");
      assertThatThrownBy(() -> legacy.index().description())
          .isInstanceOf(Misconfigured.class)
          .hasMessageContainingAll("384", "1024");
    }
    assertThatThrownBy(() -> legacy(Map.of("embedding-model", "unheard-of"), true))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("unheard-of");
  }

  @Test
  void doesNotGiveUpTheCollection() {
    var factory = new LegacyBackendFactory(assets);
    assertThatThrownBy(() -> factory.discardIndex(section(Map.of()), context(false)))
        .isInstanceOf(Rejected.class);
    try (Backend legacy = legacy(Map.of(), true)) {
      assertThatThrownBy(() -> legacy.index().claim(SCOPE)).isInstanceOf(Rejected.class);
    }
  }

  private Backend legacy(Map<String, String> more, boolean readOnly) {
    return open(new LegacyBackendFactory(assets), section(more), readOnly);
  }

  private Backend open(BackendFactory factory, ConfigSection section, boolean readOnly) {
    return factory.create(section, context(readOnly));
  }

  private BackendContext context(boolean readOnly) {
    return new BackendContext(
        CLOCK,
        Telemetry.none(),
        temporary.resolve("data"),
        KassSettings.DEFAULTS.chunkers().id(),
        readOnly);
  }

  private ConfigSection section(Map<String, String> more) {
    var values = new HashMap<String, String>();
    values.put("chroma-host", "127.0.0.1");
    values.put("chroma-port", Integer.toString(servers.chromaPort()));
    values.put("postgres-host", "127.0.0.1");
    values.put("postgres-port", Integer.toString(servers.postgresPort()));
    values.put("postgres-password", servers.password());
    values.putAll(more);
    return new ConfigSection("legacy", values);
  }

  private static Kass kass(Backend backend) {
    return Kass.assemble(
        backend,
        new PlainTextReader("plain"),
        Tools.NONE,
        KassSettings.DEFAULTS,
        CLOCK,
        new Random(1));
  }

  private static String answer(Kass kass) {
    var question = new Question(new ConversationId("side-by-side"), QUESTION, Filter.all());
    Answer answer = kass.assistant().ask(SCOPE, question, AnswerListener.none());
    return answer instanceof Answer.Given given ? given.text() : answer.toString();
  }
}
