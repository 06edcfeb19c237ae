package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.devservices.ChromaServer;
import io.kass.local.chroma.ChromaV1.Stored;
import io.kass.local.chroma.WireServer.Answer;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.TestScopes;
import io.kass.ports.WriteOutcome;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.InMemoryLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server, or what stands in its place, may answer. */
@ExtendWith(ChromaExtension.class)
class WireTest {
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path temporary;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private WireServer server(WireServer.Handler handler) {
    WireServer server = new WireServer(handler);
    open.add(server);
    return server;
  }

  private ChromaChunkIndex index(WireServer server) {
    return index(TestCollection.config("127.0.0.1", server.port(), "notes", true));
  }

  private ChromaChunkIndex index(ChromaConfig config) {
    var index =
        new ChromaChunkIndex(
            config,
            new ChromaConnection.Wanted("voyage-2", 3, null, "chunker"),
            false,
            InstantSource.system(),
            new InMemoryLedger(InstantSource.system()),
            temporary);
    open.add(0, index);
    return index;
  }

  @Tag("F22")
  @Test
  void speaksTheVersionThatTheServerSpeaks(ChromaServer real) {
    WireServer old = server(new ChromaV1(100));

    for (boolean first : new boolean[] {true, false}) {
      ChromaConfig config =
          first
              ? TestCollection.config("127.0.0.1", old.port(), "notes", true)
              : TestCollection.config(real, "wire-versions", true);
      try (var client = new ChromaClient(config, InstantSource.system())) {
        assertThat(client.api(TestScopes.scope())).isEqualTo(first ? ChromaApi.V1 : ChromaApi.V2);
      }
      StoredChunk chunk = ChunkBuilder.chunk("a", "text").vector(1, 0, 0).build();
      assertThat(index(config).put(TestScopes.scope(), List.of(chunk)))
          .containsExactly(new WriteOutcome.Done(chunk.key().hex()));
    }
    assertThat(old.requests())
        .contains("GET /api/v1/collections/notes?tenant=default_tenant&database=default_database")
        .anyMatch(request -> request.matches("POST /api/v1/collections/[0-9a-f-]+/upsert"));
  }

  @Test
  void writesNoMoreAtOnceThanTheServerTakes() {
    var old = new ChromaV1(3);
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      chunks.add(ChunkBuilder.chunk("a", "text " + i).vector(1, i, 0).build());
    }

    List<WriteOutcome> outcomes = index(server(old)).put(TestScopes.scope(), chunks);

    assertThat(outcomes).allMatch(WriteOutcome.Done.class::isInstance).hasSize(10);
    assertThat(old.writes()).containsExactly(3, 3, 3, 1);
  }

  @Test
  void namesRecordsOfOtherDimensions() {
    var old = new ChromaV1(100);
    old.seed("notes", "doc_0", new Stored("a", Map.of(), List.of(1f, 0f, 0f)));
    old.seed("notes", "doc_1", new Stored("b", Map.of(), List.of(1f, 0f, 0f, 0f)));
    ChromaChunkIndex index = index(server(old));

    assertThatThrownBy(() -> index.scan(TestScopes.scope(), KeyRange.ALL, Cursor.START, true))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("'doc_1' 4", "3 dimensions");
    assertThat(index.scan(TestScopes.scope(), KeyRange.ALL, Cursor.START, false).items())
        .hasSize(2);
  }

  @Test
  void saysWhichCollectionsThereAreInTheOldVersionToo() {
    var old = new ChromaV1(100);
    old.seed("others", "doc_0", new Stored("a", Map.of(), List.of(1f, 0f, 0f)));
    ChromaConfig config = TestCollection.config("127.0.0.1", server(old).port(), "notes", false);

    assertThatThrownBy(index(config)::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("'notes'", "'others'");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 502})
  void tellsThatAPageIsNoAnswer(int status) {
    var page = new Answer(status, "text/html", "<html><body>Sign in</body></html>");

    assertThatThrownBy(index(server((method, path, body) -> page))::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("web page", "proxy", "CHROMADB_HOST");
  }

  @Test
  void tellsThatAnotherServerListensThere() {
    assertThatThrownBy(index(server((m, p, b) -> Answer.json(404, "{}")))::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("CHROMADB_PORT");
  }

  @Test
  void endsAtTheTimeoutWhenTheServerIsSilent() {
    var waiting = new WireServer[1];
    waiting[0] = server((method, path, body) -> waiting[0].never());
    ChromaConfig patient = TestCollection.config("127.0.0.1", waiting[0].port(), "notes", true);
    ChromaConfig config =
        new ChromaConfig(
            patient.host(),
            patient.port(),
            false,
            patient.tenant(),
            patient.database(),
            patient.collection(),
            true,
            "",
            Duration.ofSeconds(5),
            Duration.ofMillis(200));

    assertThatThrownBy(index(config)::description)
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll("200 ms", "timeout");
    CallScope soon = TestScopes.scope().atMost(Duration.ofMillis(200), InstantSource.system());
    assertThatThrownBy(() -> index(patient).scan(soon, KeyRange.ALL, Cursor.START, true))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("time allowed");
  }

  @Test
  void stopsWaitingWhenItIsCalledOff() {
    CallScope scope = TestScopes.scope();
    var waiting = new WireServer[1];
    waiting[0] =
        server((method, path, body) -> {
          Thread.ofVirtual().start(scope.cancellation()::cancel);
          return waiting[0].never();
        });

    assertThatThrownBy(() -> index(waiting[0]).scan(scope, KeyRange.ALL, Cursor.START, true))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    var old = new ChromaV1(100);
    old.seed("notes", "doc_0", new Stored("a", Map.of(), List.of(1f, 0f, 0f)));
    WireServer busy =
        server((method, path, body) ->
            path.endsWith("/get") && body.contains("documents")
                ? Answer.json(429, "{\"message\":\"rate limit\"}")
                : old.answer(method, path, body));

    assertThatThrownBy(() -> index(busy).scan(TestScopes.scope(), KeyRange.ALL, Cursor.START, true))
        .isInstanceOfSatisfying(
            Throttled.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Tag("C4")
  @Test
  void writesAllInTheEndWhenTheServerAsksToWait() {
    var old = new ChromaV1(3);
    var asked = new AtomicInteger();
    WireServer busy =
        server((method, path, body) ->
            path.matches(".*/(upsert|delete)") && asked.incrementAndGet() % 2 == 1
                ? Answer.json(429, "{\"message\":\"rate limit\"}")
                : old.answer(method, path, body));
    busy.retryAfter("0");
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      chunks.add(ChunkBuilder.chunk("a", "text " + i).vector(1, i, 0).build());
    }
    ChromaChunkIndex index = index(busy);

    List<WriteOutcome> outcomes = index.put(TestScopes.scope(), chunks);

    assertThat(outcomes).hasSize(7).allMatch(WriteOutcome.Done.class::isInstance);
    assertThat(old.writes()).containsExactly(3, 3, 1);
    Set<ChunkKey> keys = chunks.stream().map(StoredChunk::key).collect(Collectors.toSet());
    assertThat(index.delete(TestScopes.scope(), keys))
        .allMatch(WriteOutcome.Done.class::isInstance);
    assertThat(index.description().chunks()).isZero();
  }

  @Test
  void givesUpAWriteForWhichTheServerWantsMoreTimeThanThereIs() {
    var old = new ChromaV1(3);
    WireServer busy =
        server((method, path, body) ->
            path.endsWith("/upsert")
                ? Answer.json(429, "{\"message\":\"rate limit\"}")
                : old.answer(method, path, body));
    CallScope soon = TestScopes.scope(InstantSource.system(), Duration.ofSeconds(5));
    StoredChunk chunk = ChunkBuilder.chunk("a", "text").vector(1, 0, 0).build();

    List<WriteOutcome> outcomes = index(busy).put(soon, List.of(chunk));

    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            WriteOutcome.Failed.class, failed -> assertThat(failed.passing()).isTrue());
    assertThat(busy.requests()).filteredOn(request -> request.endsWith("/upsert")).hasSize(1);
  }

  @Test
  void refusesColumnsThatDoNotFitTogether() {
    var old = new ChromaV1(100);
    old.seed("notes", "doc_0", new Stored("a", Map.of(), List.of(1f, 0f, 0f)));
    WireServer odd =
        server((method, path, body) ->
            path.endsWith("/get") && body.contains("documents")
                ? Answer.json(
                    200, "{\"ids\":[\"a\",\"b\"],\"documents\":[\"x\"],\"metadatas\":null}")
                : old.answer(method, path, body));

    assertThatThrownBy(() -> index(odd).scan(TestScopes.scope(), KeyRange.ALL, Cursor.START, true))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("2 ids with 1 documents");
  }

  @Test
  void oneRecordThatIsRefusedLeavesTheOthersAlone() {
    var old = new ChromaV1(100);
    WireServer picky =
        server((method, path, body) ->
            path.endsWith("/upsert") && body.contains("poison")
                ? Answer.json(422, "{\"error\":\"InvalidArgumentError\",\"message\":\"no\"}")
                : old.answer(method, path, body));
    List<StoredChunk> chunks = new ArrayList<>();
    for (String text : List.of("good", "poison", "fine")) {
      chunks.add(ChunkBuilder.chunk("a", text).with("n", Json.of(1)).vector(1, 0, 0).build());
    }

    List<WriteOutcome> outcomes = index(picky).put(TestScopes.scope(), chunks);

    assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Done.class);
    assertThat(outcomes.get(1))
        .isInstanceOfSatisfying(
            WriteOutcome.Failed.class, failed -> assertThat(failed.passing()).isFalse());
    assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Done.class);
  }

  @Test
  void sortsOnceForAllRanges() {
    var old = new ChromaV1(1_000);
    for (int i = 0; i < 300; i++) {
      old.seed("notes", "doc_" + i, new Stored("a" + i, Map.of(), List.of(1f, 0f, 0f)));
    }
    WireServer server = server(old);
    ChromaChunkIndex index = index(server);
    List<StoredChunk> found = new ArrayList<>();
    for (KeyRange range :
        List.of(new KeyRange("", "5"), new KeyRange("5", "c"), new KeyRange("c", null))) {
      found.addAll(index.scan(TestScopes.scope(), range, Cursor.START, false).items());
    }

    assertThat(found).hasSize(300);
    // Once the ids and once the texts, and the ids again at the end of the last range.
    assertThat(server.requests().stream().filter(request -> request.endsWith("/get"))).hasSize(4);

    index.put(
        TestScopes.scope(), List.of(ChunkBuilder.chunk("b", "written").vector(1, 0, 0).build()));
    found.clear();
    for (KeyRange range : List.of(new KeyRange("", "8"), new KeyRange("8", null))) {
      found.addAll(index.scan(TestScopes.scope(), range, Cursor.START, false).items());
    }
    assertThat(found).hasSize(301);
  }

  @Test
  void findsWhatTheServersGraphDoesNotLeadTo() {
    var old = new ChromaV1(100);
    old.seed("notes", "doc_0", new Stored("far", Map.of(), List.of(0f, 1f, 0f)));
    old.seed("notes", "doc_1", new Stored("near", Map.of(), List.of(1f, 0f, 0f)));
    String nothing =
        """
        {"ids":[[]],"documents":[[]],"metadatas":[[]],"embeddings":[[]],"distances":[[]]}
        """;
    WireServer lost =
        server((method, path, body) ->
            path.endsWith("/query") ? Answer.json(200, nothing) : old.answer(method, path, body));

    List<Hit> hits = search(index(lost));

    assertThat(hits)
        .extracting(hit -> hit.chunk().chunk().passage())
        .containsExactly("near", "far");
    assertThat(hits).extracting(hit -> hit.distance().orElseThrow()).containsExactly(0.0, 2.0);
    assertThat(hits).extracting(Hit::score).containsExactly(1.0, 0.0);
  }

  @Test
  void asksAgainWhenTheServerStumblesOverADeletion() {
    var old = new ChromaV1(100);
    old.seed("notes", "doc_0", new Stored("near", Map.of(), List.of(1f, 0f, 0f)));
    var stumbles = new AtomicInteger(3);
    WireServer stumbling =
        server((method, path, body) ->
            path.endsWith("/query") && stumbles.getAndDecrement() > 0
                ? failing("Error executing plan: Internal error: Error finding id")
                : old.answer(method, path, body));

    assertThat(search(index(stumbling))).hasSize(1);
  }

  @Test
  void findsNothingWhileTheFirstRecordsAreBeingWritten() {
    var old = new ChromaV1(100);
    old.seed("notes", "doc_0", new Stored("near", Map.of(), List.of(1f, 0f, 0f)));
    WireServer early =
        server((method, path, body) ->
            path.endsWith("/query")
                ? failing("Error creating hnsw segment reader: Nothing found on disk")
                : path.endsWith("/count") ? Answer.json(200, "0") : old.answer(method, path, body));

    assertThat(search(index(early))).isEmpty();
  }

  private static Answer failing(String message) {
    return Answer.json(500, "{\"error\":\"InternalError\",\"message\":\"%s\"}".formatted(message));
  }

  private static List<Hit> search(ChromaChunkIndex index) {
    var query =
        new ChunkQuery(
            Audience.EVERYONE, null, Language.ENGLISH, Vector.of(1, 0, 0), 10, Filter.all(), false);
    return index.search(TestScopes.scope(), query).vector();
  }
}
