package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.devservices.ChromaServer;
import io.kass.devservices.Installations;
import io.kass.ports.TestScopes;
import io.kass.ports.index.FilterArbitraries;
import io.kass.ports.index.FilterArbitraries.Search;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.InMemoryLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever the chunks and whatever the condition: the same chunks as by the plain meaning, though
 * the server is asked for more, or for what it understands by it.
 */
class ChromaFilterPropertyTest {
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void findsTheSameChunksInTheOldVersion(
      @ForAll("chunks") List<StoredChunk> chunks, @ForAll("searches") List<Search> searches) {
    try (var server = new WireServer(new ChromaV1(100))) {
      assertSame("127.0.0.1", server.port(), chunks, searches);
    }
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void findsTheSameChunksOnTheRealServer(
      @ForAll("many") List<List<StoredChunk>> many,
      @ForAll("manySearches") List<List<Search>> searches)
      throws IOException {
    Path data = Files.createTempDirectory("chroma");
    try (ChromaServer server = ChromaServer.start(Installations.ofUser(), data, 0)) {
      for (int i = 0; i < many.size(); i++) {
        assertSame(server.host(), server.port(), many.get(i), searches.get(i));
      }
    } finally {
      try (Stream<Path> paths = Files.walk(data)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void assertSame(
      String host, int port, List<StoredChunk> chunks, List<Search> searches) {
    int dimension = FilterArbitraries.VECTOR.dimension();
    var expected = new InMemoryChunkIndex("model", dimension, "chunker");
    expected.put(TestScopes.scope(), chunks);
    try (var index =
        new ChromaChunkIndex(
            TestCollection.config(host, port, "filters-" + UUID.randomUUID(), true),
            new ChromaConnection.Wanted("model", dimension, null, "chunker"),
            false,
            InstantSource.system(),
            new InMemoryLedger(InstantSource.system()),
            Path.of("not-used"))) {
      index.put(TestScopes.scope(), chunks);
      for (Search search : searches) {
        assertThat(search.keys(index, null))
            .as(search.toString())
            .isEqualTo(search.keys(expected, null));
      }
    }
  }

  @Provide
  Arbitrary<List<StoredChunk>> chunks() {
    return FilterArbitraries.chunks();
  }

  @Provide
  Arbitrary<List<Search>> searches() {
    return FilterArbitraries.searches();
  }

  @Provide
  Arbitrary<List<List<StoredChunk>>> many() {
    return FilterArbitraries.chunks().list().ofSize(15);
  }

  @Provide
  Arbitrary<List<List<Search>>> manySearches() {
    return FilterArbitraries.searches().list().ofSize(15);
  }
}
