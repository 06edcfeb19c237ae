package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Bytewise;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever a chunk holds, it comes back equal from what a server keeps of it. */
class OwnRecordsTest {
  @Property
  void comesBackAsItWas(
      @ForAll("metadata") Metadata metadata,
      @ForAll("texts") @Nullable String text,
      @ForAll @Size(max = 3) List<String> headings,
      @ForAll Space space) {
    StoredChunk chunk =
        ChunkBuilder.chunk("a", text)
            .metadata(metadata)
            .headings(headings.toArray(String[]::new))
            .audience("everyone", "staff")
            .vector(0.1f, -3, 1e-30f)
            .build();

    ChromaRow row = new OwnRecords(space, 3).write(chunk, "g");
    OwnRecords.Own read = OwnRecords.read(kept(row, space), true);

    assertThat(row.embedding().dimension()).isEqualTo(3);
    assertThat(read).isEqualTo(new OwnRecords.Own(chunk, "g"));
    assertThat(read == null ? "" : read.stored().chunk().metadata().canonical())
        .isEqualTo(metadata.canonical());
  }

  /** The strictest of servers: flat, whole characters, and real numbers not to the last bit. */
  private static ChromaRecord kept(ChromaRow row, Space space) {
    var kept = new TreeMap<String, Json>();
    for (Map.Entry<String, Json> entry : row.metadata().entrySet()) {
      String name = entry.getKey();
      assertThat(Bytewise.hasHalfCharacter(name)).isFalse();
      assertThat(name).doesNotStartWith("chroma:");
      kept.put(
          name,
          switch (entry.getValue()) {
            case Json.Real(double d) -> Json.of(Math.nextAfter(d, 0));
            case Json.Text(String text) -> {
              assertThat(Bytewise.hasHalfCharacter(text)).isFalse();
              yield Json.of(text);
            }
            case Json.Int n -> n;
            case Json.Bool b -> b;
            case Json.Null n -> throw new AssertionError(name);
            case Json.Array a -> throw new AssertionError(name);
            case Json.Obj o -> throw new AssertionError(name);
          });
    }
    String document = row.document();
    assertThat(document != null && Bytewise.hasHalfCharacter(document)).isFalse();
    Vector embedding = space == Space.COSINE ? Vector.of(1, 2, 3) : row.embedding();
    return new ChromaRecord(row.id(), document, new Metadata(kept), embedding, Double.NaN);
  }

  @Provide
  Arbitrary<Metadata> metadata() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.of("", "$gt", "chroma:document", "kass.key", "#x", "\ud83d", "document"));
    return Arbitraries.maps(names, values(2)).ofMaxSize(6).map(Metadata::of);
  }

  @Provide
  Arbitrary<@Nullable String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20), Arbitraries.of("", "\u0000", "a\ud83d"))
        .injectNull(0.1);
  }

  private static Arbitrary<Json> values(int depth) {
    Arbitrary<Json> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).map(Json::of),
            Arbitraries.longs().map(Json::of),
            Arbitraries.doubles().map(Json::of),
            Arbitraries.of(-0.0, 1.0, Double.MIN_VALUE, Double.MAX_VALUE).map(Json::of),
            Arbitraries.of(true, false).map(Json::of),
            Arbitraries.just(new Json.Null()));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<List<Json>> items = values(depth - 1).list().ofMaxSize(3);
    return Arbitraries.oneOf(
        scalars,
        items.map(Json.Array::new),
        Combinators.combine(items, Arbitraries.strings().ofMaxLength(3))
            .as((list, name) -> {
              var members = new TreeMap<String, Json>();
              for (Json item : new ArrayList<>(list)) {
                members.put(name + members.size(), item);
              }
              return new Json.Obj(members);
            }));
  }
}
