package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.devservices.ChromaServer;
import io.kass.devservices.Installations;
import io.kass.ports.Audience;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.Page;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.ledger.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that go and come back, and what is not there. */
class FaultsTest {
  private final TestClock clock = new TestClock();
  private final Ledger ledger = new InMemoryLedger(clock);
  private final String name = "faults-" + UUID.randomUUID();
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path temporary;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private ChromaServer server(int port) {
    ChromaServer server =
        ChromaServer.start(Installations.ofUser(), temporary.resolve("server"), port);
    open.add(server);
    return server;
  }

  private ChromaChunkIndex index(ChromaConfig config) {
    return index(config, InstantSource.system());
  }

  private ChromaChunkIndex index(ChromaConfig config, InstantSource time) {
    var index =
        new ChromaChunkIndex(
            config,
            new ChromaConnection.Wanted("voyage-2", 3, null, "chunker"),
            false,
            time,
            ledger,
            temporary.resolve("scans"));
    open.add(index);
    return index;
  }

  @Test
  void goesOnWithAScanAfterTheServerRestarted() {
    ChromaServer server = server(0);
    ChromaChunkIndex index = index(TestCollection.config(server, name, true));
    List<StoredChunk> chunks = numbered("a", "text", 600);
    index.put(TestScopes.scope(), chunks);
    Page<StoredChunk> first = index.scan(TestScopes.scope(), KeyRange.ALL, Cursor.START, true);
    Cursor next = first.next();
    assertThat(next).isNotNull();

    server.kill();
    assertThatThrownBy(() -> index.scan(TestScopes.scope(), KeyRange.ALL, next, true))
        .isInstanceOf(Unavailable.class);
    server(server.port());

    List<StoredChunk> all = new ArrayList<>(first.items());
    all.addAll(rest(index, next));
    assertThat(all).containsExactlyInAnyOrderElementsOf(chunks);
  }

  @Test
  void keepsTheOldSetWhenTheServerIsKilledInTheMiddleOfAWrite() {
    ChromaServer server = server(0);
    ChromaConfig config = TestCollection.config(server, name, true);
    List<StoredChunk> old = numbered("a", "old", 5);
    ChromaChunkIndex index = index(config, clock);
    replace(index, "1", old);

    Replacement torn = index.replace(TestScopes.scope(), stamp("2"));
    torn.add(numbered("a", "new", 3));
    server.kill();
    assertThatThrownBy(() -> torn.add(numbered("a", "more", 3))).isInstanceOf(Unavailable.class);
    torn.close();
    server(server.port());

    ChromaChunkIndex again = index(config, clock);
    assertThat(rest(again, Cursor.START)).containsExactlyInAnyOrderElementsOf(old);
    assertThat(texts(again)).hasSize(5).allMatch(text -> text.startsWith("old"));
    assertThat(again.description().chunks()).isEqualTo(5);
    assertThat(records(config)).isEqualTo(8);

    // What was left behind goes with the next write, once it cannot be going on any more.
    clock.advance(Generations.LEASE.plusSeconds(1));
    replace(again, "3", numbered("a", "newer", 2));
    assertThat(texts(again)).containsExactlyInAnyOrder("newer 0", "newer 1");
    assertThat(records(config)).isEqualTo(2);
  }

  @Test
  void doesNotCleanUpAfterAWriteThatGoesOn() {
    ChromaServer server = server(0);
    ChromaConfig config = TestCollection.config(server, name, true);
    ChromaChunkIndex index = index(config, clock);
    try (Replacement slow = index.replace(TestScopes.scope(), stamp("1"))) {
      slow.add(numbered("a", "slow", 3));
      clock.advance(Generations.LEASE.minusSeconds(1));
      index(config, clock).remove(TestScopes.scope(), stampOf("b", "1"));
      slow.commit();
    }

    assertThat(texts(index)).hasSize(3);
  }

  @Test
  void aWriteThatWasCleanedUpCannotBeCommitted() {
    ChromaServer server = server(0);
    ChromaConfig config = TestCollection.config(server, name, true);
    ChromaChunkIndex index = index(config, clock);
    try (Replacement slow = index.replace(TestScopes.scope(), stamp("1"))) {
      slow.add(numbered("a", "slow", 3));
      clock.advance(Generations.LEASE.plusSeconds(1));
      index(config, clock).remove(TestScopes.scope(), stampOf("b", "1"));

      assertThatThrownBy(slow::commit).isInstanceOf(Unavailable.class);
    }

    assertThat(texts(index)).isEmpty();
    assertThat(records(config)).isZero();
  }

  @Test
  void saysWhereTheServerShouldBe() {
    ChromaChunkIndex index = index(TestCollection.config("127.0.0.1", 1, name, false));

    assertThatThrownBy(index::description)
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll("http://127.0.0.1:1", "CHROMADB_HOST", "CHROMADB_PORT");
  }

  @Test
  void saysWhatThereIsWhenWhatIsNamedIsNot() throws Exception {
    ChromaServer server = server(0);
    TestCollection there = TestCollection.create(server, "l2");
    open.add(there);
    ChromaConfig right = TestCollection.config(server, "absent", false);

    assertThatThrownBy(index(right)::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("'absent'", there.name(), "CHROMADB_COLLECTION");
    assertThatThrownBy(index(within(right, "nobody", "default_database"))::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("tenant 'nobody'", "default_tenant");
    assertThatThrownBy(index(within(right, "default_tenant", "nothing"))::description)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("database 'nothing'", "'default_database'");
  }

  private static ChromaConfig within(ChromaConfig config, String tenant, String database) {
    return new ChromaConfig(
        config.host(),
        config.port(),
        false,
        tenant,
        database,
        config.collection(),
        false,
        "",
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }

  /** How many records the server has, seen or not. */
  private long records(ChromaConfig config) {
    var client = new ChromaClient(config, InstantSource.system());
    open.add(client);
    ChromaCollection found = client.find(TestScopes.scope(), ChromaApi.V2);
    return found == null ? -1 : client.count(TestScopes.scope(), found);
  }

  private static List<StoredChunk> numbered(String document, String text, int count) {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(ChunkBuilder.chunk(document, text + " " + i).vector(1, i, 0.5f).build());
    }
    return chunks;
  }

  private static List<String> texts(ChromaChunkIndex index) {
    var query =
        new ChunkQuery(
            Audience.EVERYONE,
            null,
            Language.ENGLISH,
            Vector.of(1, 0, 0),
            100,
            Filter.all(),
            false);
    return index.search(TestScopes.scope(), query).vector().stream()
        .map(hit -> hit.chunk().chunk().passage())
        .toList();
  }

  private static List<StoredChunk> rest(ChromaChunkIndex index, @Nullable Cursor from) {
    List<StoredChunk> all = new ArrayList<>();
    Cursor cursor = from;
    while (cursor != null) {
      Page<StoredChunk> page = index.scan(TestScopes.scope(), KeyRange.ALL, cursor, true);
      all.addAll(page.items());
      cursor = page.next();
    }
    return all;
  }

  private static void replace(ChromaChunkIndex index, String order, List<StoredChunk> chunks) {
    try (Replacement replacement = index.replace(TestScopes.scope(), stamp(order))) {
      replacement.add(chunks);
      replacement.commit();
    }
  }

  private static DocumentStamp stamp(String order) {
    return stampOf("a", order);
  }

  private static DocumentStamp stampOf(String document, String order) {
    return new DocumentStamp(new DocumentId(document), order, ContentHash.of(document + order));
  }
}
