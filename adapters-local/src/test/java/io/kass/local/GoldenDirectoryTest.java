package io.kass.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
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
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.LedgerEntry;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory as the first version left it, in the resources: every later one must open it and
 * find what was put in, or upgrade it. It is never made again; a new layout gets a directory beside
 * it, made by {@link #main}.
 */
class GoldenDirectoryTest {
  private static final CallScope SCOPE = TestScopes.scope();
  private static final ConversationId CONVERSATION = new ConversationId("golden");
  private static final List<String> PASSAGES =
      List.of(
          "Audit logs are kept for seven years.",
          "Backups run every night at two.",
          "監査ログは七年間保存します。");

  @TempDir static Path assets;

  @TempDir Path temp;

  private Path data;

  @BeforeEach
  void copy() throws IOException {
    data = temp.resolve("data");
    Path golden = Path.of("src/test/resources/io/kass/local/layout-1");
    try (var files = Files.walk(golden)) {
      for (Path file : files.toList()) {
        Files.copy(file, data.resolve(golden.relativize(file).toString()));
      }
    }
  }

  @Test
  void findsWhatWasPutIn() {
    try (Backend backend = open(data)) {
      assertThat(scanned(backend)).containsExactlyInAnyOrderElementsOf(PASSAGES);
      assertThat(found(backend, "How long are audit logs kept?", Language.ENGLISH))
          .startsWith(PASSAGES.get(0));
      assertThat(found(backend, "監査ログの保存", Language.JAPANESE)).startsWith(PASSAGES.get(2));
    }
  }

  @Test
  void remembersWhatWasSaidAndNoted() {
    try (Backend backend = open(data)) {
      assertThat(backend.conversations().last(SCOPE, CONVERSATION, 10))
          .extracting(Message::content)
          .containsExactly("How long?", "Seven years.");
      LedgerEntry noted = backend.ledger().get(SCOPE, "golden/key");
      assertThat(noted).isNotNull().extracting(LedgerEntry::value).isEqualTo("golden value");
    }
  }

  @Test
  void goesOnFromThere() {
    try (Backend backend = open(data)) {
      add(backend, "/docs/new.txt", "Taxis at night need no approval.");
    }
    try (Backend backend = open(data)) {
      assertThat(scanned(backend)).hasSize(PASSAGES.size() + 1);
    }
  }

  @Test
  void isRefusedByWhoeverDoesNotKnowItsLayout() throws IOException {
    Files.writeString(data.resolve("format.json"), "{\"layout\":2}\n");
    assertThatThrownBy(() -> open(data))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("layout 2", "knows 1");
  }

  /** Makes such a directory; arguments: where, and where the assets are kept. */
  public static void main(String[] arguments) {
    try (Backend backend = open(Path.of(arguments[0]), Path.of(arguments[1]))) {
      for (int i = 0; i < PASSAGES.size(); i++) {
        add(backend, "/docs/" + i + ".txt", PASSAGES.get(i));
      }
      backend
          .conversations()
          .append(
              SCOPE,
              new Turn(
                  "turn-1",
                  CONVERSATION,
                  TestScopes.USER,
                  "How long?",
                  "Seven years.",
                  Instant.parse("2026-01-02T03:04:05Z"),
                  Metadata.EMPTY));
      backend.ledger().compareAndSet(SCOPE, "golden/key", 0, "golden value", null);
    }
  }

  private static Backend open(Path directory) {
    return open(directory, assets);
  }

  private static Backend open(Path directory, Path prepared) {
    return new EmbeddedBackendFactory(prepared)
        .create(
            ConfigSection.empty("embedded"),
            new BackendContext(
                InstantSource.system(), Telemetry.none(), directory, "chunker-1", false));
  }

  private static void add(Backend backend, String document, String text) {
    Vector vector = backend.embeddings().embed(SCOPE, Purpose.PASSAGE, List.of(text)).getFirst();
    backend.index().put(SCOPE, List.of(ChunkBuilder.chunk(document, text).vector(vector).build()));
  }

  private static List<String> scanned(Backend backend) {
    var passages = new ArrayList<String>();
    for (StoredChunk chunk :
        backend.index().scan(SCOPE, KeyRange.ALL, Cursor.START, true).items()) {
      passages.add(chunk.chunk().passage());
    }
    return passages;
  }

  private static List<String> found(Backend backend, String question, Language language) {
    Vector vector = backend.embeddings().embed(SCOPE, Purpose.QUERY, List.of(question)).getFirst();
    var query = ChunkQuery.forCaller(SCOPE.caller(), question, language, vector, 10, Filter.all());
    return backend.index().search(SCOPE, query).keyword().stream()
        .map(Hit::chunk)
        .map(chunk -> chunk.chunk().passage())
        .toList();
  }
}
