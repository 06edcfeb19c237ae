package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Audience;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.index.Legs;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the chunks and whatever the condition: the same chunks as by the plain meaning. */
class FilterPropertyTest {
  private static final Vector SOME = Vector.of(1, 0, 0, 0, 0, 0, 0, 0);
  private static final List<String> NAMES = List.of("a", "b", "", "a\0t", Filter.DOCUMENT);
  private static final List<String> GROUPS = List.of("everyone", "staff", "board");

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
          Set<ChunkKey> found = keys(index.index(), search, text);
          assertThat(found).as(search.toString()).isEqualTo(keys(expected, search, text));
        }
      }
    } finally {
      delete(directory);
    }
  }

  record Search(Filter filter, Set<String> groups) {}

  private static Set<ChunkKey> keys(ChunkIndex index, Search search, String text) {
    Legs legs =
        index.search(
            TestScopes.scope(),
            new ChunkQuery(
                Audience.of(search.groups()),
                text,
                Language.ENGLISH,
                text == null ? SOME : null,
                100,
                search.filter(),
                false));
    Set<ChunkKey> keys = new TreeSet<>();
    for (Hit hit : text == null ? legs.vector() : legs.keyword()) {
      keys.add(hit.chunk().key());
    }
    return keys;
  }

  @Provide
  Arbitrary<List<StoredChunk>> chunks() {
    Arbitrary<Metadata> metadata =
        Arbitraries.maps(Arbitraries.of(NAMES), values())
            .ofMaxSize(4)
            .map(values -> Metadata.of(values));
    return Combinators.combine(metadata, documents(), groups())
        .as((values, document, groups) ->
            chunk(document, "common").metadata(values).audience(groups.toArray(String[]::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(builders -> {
          List<StoredChunk> chunks = new ArrayList<>();
          for (ChunkBuilder builder : builders) {
            chunks.add(builder.occurrence(chunks.size()).vector(SOME).build());
          }
          return chunks;
        });
  }

  @Provide
  Arbitrary<List<Search>> searches() {
    return Combinators.combine(filters(3), groups()).as(Search::new).list().ofSize(12);
  }

  private static Arbitrary<Set<String>> groups() {
    return Arbitraries.frequency(weighted("everyone", 8), weighted("other", 3))
        .flatMap(kind ->
            kind.equals("everyone")
                ? Arbitraries.just(Set.of("everyone"))
                : Arbitraries.of(GROUPS).set().ofMinSize(1));
  }

  private static Tuple.Tuple2<Integer, String> weighted(String value, int weight) {
    return Tuple.of(weight, value);
  }

  private static Arbitrary<String> documents() {
    return Arbitraries.of("a", "a/b", "a/c", "ab", "\ud83d\ude00", "\uffee");
  }

  private static Arbitrary<Filter> filters(int depth) {
    Arbitrary<Filter> leaf =
        Arbitraries.oneOf(
            Arbitraries.just(Filter.all()),
            Combinators.combine(Arbitraries.of(NAMES), scalars()).as(Filter.Equals::new),
            Combinators.combine(Arbitraries.of(NAMES), scalars().list().ofMaxSize(3))
                .as(Filter.In::new),
            ranges(),
            documents().map(Filter::documentsUnder));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Filter> inner = Arbitraries.lazy(() -> filters(depth - 1));
    return Arbitraries.oneOf(
        leaf,
        inner.list().ofMaxSize(3).map(Filter.And::new),
        inner.list().ofMaxSize(3).map(Filter.Or::new),
        inner.map(Filter.Not::new));
  }

  private static Arbitrary<Filter> ranges() {
    Arbitrary<Filter> numbers =
        Combinators.combine(Arbitraries.of(NAMES), numbers().injectNull(0.3), numbers())
            .as(Filter.Range::new);
    Arbitrary<Filter> texts =
        Combinators.combine(Arbitraries.of(NAMES), texts(), texts().injectNull(0.3))
            .as(Filter.Range::new);
    return Arbitraries.oneOf(numbers, texts);
  }

  private static Arbitrary<Json> values() {
    Arbitrary<Json> items = Arbitraries.oneOf(scalars(), Arbitraries.just(new Json.Null()));
    return Arbitraries.oneOf(
        scalars(),
        items.list().ofMaxSize(3).map(Json.Array::new),
        Arbitraries.just(new Json.Null()),
        Arbitraries.just(new Json.Obj(Map.of("a", Json.of(1)))));
  }

  private static Arbitrary<Json> scalars() {
    return Arbitraries.oneOf(numbers(), texts(), Arbitraries.of(Json.of(true), Json.of(false)));
  }

  private static Arbitrary<Json> numbers() {
    return Arbitraries.of(
        Json.of(0),
        Json.of(-0.0),
        Json.of(1),
        Json.of(1.0),
        Json.of(-1.5),
        Json.of((1L << 53) + 1),
        Json.of(0x1p53),
        Json.of(Long.MAX_VALUE),
        Json.of(0x1p63),
        Json.of(Double.MIN_VALUE),
        Json.of(-Double.MAX_VALUE));
  }

  private static Arbitrary<Json> texts() {
    return Arbitraries.of("", "a", "ab", "b", "0", "true", "\uffee", "\ud83d\ude00", "\0")
        .map(Json::of);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
