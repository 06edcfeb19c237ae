package io.kass.ports.index;

import static io.kass.ports.index.ChunkBuilder.chunk;

import io.kass.ports.Audience;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Chunks and searches with filters, such as stores get wrong. */
public final class FilterArbitraries {
  /** The vector of each chunk. */
  public static final Vector VECTOR = Vector.of(1, 0, 0, 0, 0, 0, 0, 0);

  private static final List<String> NAMES = List.of("a", "b", "", "a\0t", Filter.DOCUMENT);
  private static final List<String> GROUPS = List.of("everyone", "staff", "board");

  private FilterArbitraries() {}

  /** A search on behalf of these groups. */
  public record Search(Filter filter, Set<String> groups) {
    /** What it finds, by these words or, without, by the vector of all. */
    public Set<ChunkKey> keys(ChunkIndex index, @Nullable String text) {
      Legs legs =
          index.search(
              TestScopes.scope(),
              new ChunkQuery(
                  Audience.of(groups),
                  text,
                  Language.ENGLISH,
                  text == null ? VECTOR : null,
                  100,
                  filter,
                  false));
      Set<ChunkKey> keys = new TreeSet<>();
      for (Hit hit : text == null ? legs.vector() : legs.keyword()) {
        keys.add(hit.chunk().key());
      }
      return keys;
    }
  }

  /** Chunks of several documents and audiences, all of one text and one vector. */
  public static Arbitrary<List<StoredChunk>> chunks() {
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
            chunks.add(builder.occurrence(chunks.size()).vector(VECTOR).build());
          }
          return chunks;
        });
  }

  /** A dozen searches. */
  public static Arbitrary<List<Search>> searches() {
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
}
