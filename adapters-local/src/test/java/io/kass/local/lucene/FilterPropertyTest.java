package io.kass.local.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestScopes;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.FilterArbitraries;
import io.kass.ports.index.FilterArbitraries.Search;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the chunks and whatever the condition: the same chunks as by the plain meaning. */
class FilterPropertyTest {
  @Property(tries = 40)
  void findsTheSameChunksAsTheIndexInMemory(
      @ForAll("chunks") List<StoredChunk> chunks, @ForAll("searches") List<Search> searches)
      throws IOException {
    var expected = new InMemoryChunkIndex("test-model", TestIndex.DIMENSION, "test-chunker");
    expected.put(TestScopes.scope(), chunks);
    Path directory = Files.createTempDirectory("filters");
    try (TestIndex index = TestIndex.open(directory)) {
      // In two commits, so that there is more than one segment, and deleted chunks in the first.
      index.index().put(TestScopes.scope(), chunks);
      index.index().put(TestScopes.scope(), chunks.subList(0, chunks.size() / 2));
      for (Search search : searches) {
        for (String text : new String[] {"common", null}) {
          Set<ChunkKey> found = search.keys(index.index(), text);
          assertThat(found).as(search.toString()).isEqualTo(search.keys(expected, text));
        }
      }
    } finally {
      delete(directory);
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

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
