package io.kass.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Turn;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBackendFactoryTest {
  private static final CallScope SCOPE = TestScopes.scope();

  @TempDir static Path assets;

  @TempDir Path temp;

  @Test
  void twoLiveInOneProcessAndShareNothing() {
    try (Backend one = open("one", false);
        Backend other = open("other", false)) {
      add(one, "Audit logs are kept for seven years.");
      add(other, "Backups run every night.");
      assertThat(found(one, "audit logs")).containsExactly("Audit logs are kept for seven years.");
      assertThat(found(other, "audit logs")).containsExactly("Backups run every night.");
      remember(one, "t1", "asked of one");
      assertThat(said(one)).hasSize(2);
      assertThat(said(other)).isEmpty();
    }
  }

  @Test
  void keepsWhatItWasGiven() {
    try (Backend backend = open("data", false)) {
      add(backend, "Audit logs are kept for seven years.");
      remember(backend, "t1", "how long?");
    }
    try (Backend backend = open("data", false)) {
      assertThat(found(backend, "audit logs")).hasSize(1);
      assertThat(said(backend)).containsExactly("how long?", "answered");
    }
  }

  @Test
  void readersMakeNothing() {
    try (Backend backend = open("data", true)) {
      assertThat(backend.index().description().chunks()).isZero();
      assertThat(found(backend, "audit logs")).isEmpty();
    }
    assertThat(temp.resolve("data")).doesNotExist();
  }

  @Test
  void unknownSettingsAreRefusedByTheNearestName() {
    var section = new ConfigSection("embedded", Map.of("asets", "x"));
    assertThatThrownBy(() ->
            new EmbeddedBackendFactory(assets).create(section, context(temp.resolve("d"), false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'assets'");
  }

  @Test
  void settingsOfTheIndexReachIt() throws IOException {
    var elsewhere = new ConfigSection("embedded", Map.of("index-directory", "passages"));
    Path data = temp.resolve("data");
    var factory = new EmbeddedBackendFactory(assets);
    try (Backend backend = factory.create(elsewhere, context(data, false))) {
      add(backend, "Audit logs are kept for seven years.");
    }
    assertThat(data.resolve("passages")).isDirectory();
    assertThat(data.resolve("index")).doesNotExist();
    Path theirs = Files.writeString(data.resolve("passages").resolve("mine.txt"), "mine");
    factory.discardIndex(elsewhere, context(data, false));
    assertThat(theirs).hasContent("mine");
    try (Backend backend = factory.create(elsewhere, context(data, false))) {
      assertThat(backend.index().description().chunks()).isZero();
    }
    var wrong = new ConfigSection("embedded", Map.of("index-graph-beam", "9"));
    assertThatThrownBy(() -> factory.create(wrong, context(data, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("graph-beam is 10 to 3200");
  }

  @Test
  void aNewerDirectoryIsRefused() throws IOException {
    Path data = Files.createDirectories(temp.resolve("data"));
    Files.writeString(data.resolve("format.json"), "{\"layout\":99}");
    assertThatThrownBy(() -> open("data", false)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void aDiscardedIndexIsEmptyAndEverythingElseStays() {
    try (Backend backend = open("data", false)) {
      add(backend, "Audit logs are kept for seven years.");
      remember(backend, "t1", "how long?");
    }
    new EmbeddedBackendFactory(assets)
        .discardIndex(ConfigSection.empty("embedded"), context(temp.resolve("data"), false));
    try (Backend backend = open("data", false)) {
      assertThat(backend.index().description().chunks()).isZero();
      assertThat(said(backend)).hasSize(2);
      add(backend, "Backups run every night.");
      assertThat(found(backend, "backups")).containsExactly("Backups run every night.");
    }
  }

  @Test
  void whatWasEmbeddedIsKnownWhateverBecomesOfTheIndex() {
    Vector made;
    try (Backend backend = open("data", false)) {
      made = embed(backend);
    }
    new EmbeddedBackendFactory(assets)
        .discardIndex(ConfigSection.empty("embedded"), context(temp.resolve("data"), false));
    try (Backend backend = open("data", false)) {
      Vector kept = embed(backend);
      // Made again it would be the same bit for bit; what is kept is a little rounded.
      assertThat(kept).isNotEqualTo(made);
      assertThat(kept.cosine(made)).isGreaterThan(0.999_999);
    }
  }

  private static Vector embed(Backend backend) {
    List<String> text = List.of("Audit logs are kept for seven years.");
    return backend.embeddings().embed(SCOPE, Purpose.PASSAGE, text).getFirst();
  }

  @Test
  void anIndexThatIsBeingWrittenIsNotDiscarded() {
    try (Backend backend = open("data", false)) {
      add(backend, "Audit logs are kept for seven years.");
      assertThatThrownBy(() ->
              new EmbeddedBackendFactory(assets)
                  .discardIndex(
                      ConfigSection.empty("embedded"), context(temp.resolve("data"), false)))
          .isInstanceOf(Rejected.class);
      assertThat(found(backend, "audit logs")).hasSize(1);
    }
  }

  private Backend open(String name, boolean readOnly) {
    ConfigSection section = ConfigSection.empty("embedded");
    return new EmbeddedBackendFactory(assets)
        .create(section, context(temp.resolve(name), readOnly));
  }

  private static BackendContext context(Path data, boolean readOnly) {
    return new BackendContext(
        InstantSource.system(), Telemetry.none(), data, "chunker-1", readOnly);
  }

  private static void add(Backend backend, String text) {
    Vector vector = backend.embeddings().embed(SCOPE, Purpose.PASSAGE, List.of(text)).getFirst();
    backend
        .index()
        .put(SCOPE, List.of(ChunkBuilder.chunk("/docs/a.txt", text).vector(vector).build()));
  }

  private static List<String> found(Backend backend, String question) {
    Vector vector = backend.embeddings().embed(SCOPE, Purpose.QUERY, List.of(question)).getFirst();
    Legs legs =
        backend
            .index()
            .search(
                SCOPE,
                ChunkQuery.forCaller(
                    SCOPE.caller(), question, Language.ENGLISH, vector, 10, Filter.all()));
    return legs.vector().stream().map(Hit::chunk).map(c -> c.chunk().passage()).toList();
  }

  private static void remember(Backend backend, String turn, String question) {
    backend
        .conversations()
        .append(
            SCOPE,
            new Turn(
                turn,
                new ConversationId("conv"),
                TestScopes.USER,
                question,
                "answered",
                InstantSource.system().instant(),
                Metadata.EMPTY));
  }

  private static List<String> said(Backend backend) {
    return backend.conversations().last(SCOPE, new ConversationId("conv"), 10).stream()
        .map(Message::content)
        .toList();
  }
}
