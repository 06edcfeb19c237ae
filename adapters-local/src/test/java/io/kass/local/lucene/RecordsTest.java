package io.kass.local.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kass.ports.Audience;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Place;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.Sentence;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

/** Chunks and sentences as bytes. */
class RecordsTest {
  @Property(tries = 300)
  void aChunkComesBackAsItWas(
      @ForAll String text, @ForAll("json") Json value, @ForAll String heading) throws IOException {
    Chunk chunk = chunk(text, Metadata.of(Map.of(heading, value, "x", new Json.Null())));

    ChunkRecord back = ChunkRecord.decode(ChunkRecord.encode(chunk, null, null));

    assertThat(back.chunk()).isEqualTo(chunk);
    assertThat(back.chunk().metadata().canonical()).isEqualTo(chunk.metadata().canonical());
    assertThat(back.vector(null)).isNull();
  }

  @Test
  void aLoneSurrogateComesBackAsItWas() throws IOException {
    Chunk chunk = chunk("half \ud83d and \udc00 half", Metadata.EMPTY);

    assertThat(ChunkRecord.decode(ChunkRecord.encode(chunk, null, null)).chunk()).isEqualTo(chunk);
  }

  @Property(tries = 300)
  void damageNeverGoesUnnoticed(@ForAll @IntRange(max = 10_000) int at, @ForAll byte other) {
    BytesRef bytes =
        ChunkRecord.encode(chunk("some text", Metadata.EMPTY), Vector.of(3, 4), new float[] {3, 4});
    int position = at % bytes.length;
    if (bytes.bytes[position] != other) {
      bytes.bytes[position] = other;
      assertThatThrownBy(() -> ChunkRecord.decode(bytes)).isInstanceOf(CorruptIndexException.class);
    }
  }

  @Test
  void recordsOfAnyOtherBytesAreDamaged() {
    var random = new Random(3);
    for (int length = 0; length < 200; length++) {
      byte[] junk = new byte[length];
      random.nextBytes(junk);
      assertThatThrownBy(() -> ChunkRecord.decode(new BytesRef(junk)))
          .isInstanceOf(CorruptIndexException.class);
    }
  }

  @Test
  void aVectorThatChangedIsNoticed() throws IOException {
    float[] unit = {0.6f, 0.8f};
    ChunkRecord back =
        ChunkRecord.decode(
            ChunkRecord.encode(chunk("text", Metadata.EMPTY), Vector.of(unit), unit));

    assertThat(back.vector(unit)).isEqualTo(Vector.of(0.6f, 0.8f));
    assertThatThrownBy(() -> back.vector(new float[] {0.6f, 0.79999995f}))
        .isInstanceOf(CorruptIndexException.class);
  }

  @Property(tries = 300)
  void sentencesKeepTheirDirection(
      @ForAll @Size(min = 3, max = 384) float[] values, @ForAll @IntRange(max = 1000) int begin)
      throws IOException {
    values[0] = values[0] == 0 ? 1 : values[0];
    Vector original = Vector.of(values);
    List<Sentence> sentences =
        List.of(new Sentence(begin, begin + 7, original), new Sentence(begin + 8, begin + 9, null));

    List<Sentence> back =
        SentenceRecord.decode(SentenceRecord.encode(sentences, values.length), values.length);

    assertThat(back).hasSize(2);
    assertThat(back.get(0).begin()).isEqualTo(begin);
    assertThat(back.get(0).end()).isEqualTo(begin + 7);
    assertThat(cosine(vector(back.get(0)), original)).isGreaterThan(0.99);
    assertThat(back.get(1)).isEqualTo(sentences.get(1));
  }

  @Property(tries = 300)
  void sentencesOfUnitVectorsStayUnitVectors(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int length) throws IOException {
    Vector original = Vector.adopt(unit(seed, length));

    List<Sentence> back =
        SentenceRecord.decode(
            SentenceRecord.encode(List.of(new Sentence(0, 1, original)), length), length);

    assertThat(vector(back.get(0)).length()).isCloseTo(1, within(1e-6));
  }

  @Property(tries = 300)
  void vectorsBecomeUnitVectorsOfTheSameDirection(@ForAll @Size(min = 1, max = 50) float[] values) {
    values[0] = values[0] == 0 ? 1 : values[0];
    Vector vector = Vector.of(values);

    float[] unit = UnitVectors.of(vector);

    assertThat(UnitVectors.dot(unit, unit)).isCloseTo(1, within(1e-4f));
    assertThat(cosine(Vector.of(unit), vector)).isCloseTo(1, within(1e-5));
  }

  @Property(tries = 300)
  void unitVectorsStayAsTheyAre(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int length) {
    float[] values = unit(seed, length);

    assertThat(UnitVectors.of(Vector.of(values))).containsExactly(values);
    assertThat(UnitVectors.dot(values, values)).isCloseTo(1, within(1e-5f));
  }

  private static float[] unit(long seed, int length) {
    float[] values = new float[length];
    var random = new Random(seed);
    double square = 0;
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
      square += (double) values[i] * values[i];
    }
    for (int i = 0; i < length; i++) {
      values[i] = (float) (values[i] / Math.sqrt(square));
    }
    return values;
  }

  @Property(tries = 500)
  void termsSortAsNumbersDo(@ForAll("numbers") Json a, @ForAll("numbers") Json b) {
    BytesRef left = MetadataTerms.of("n", a);
    BytesRef right = MetadataTerms.of("n", b);

    assertThat(left).isNotNull();
    assertThat(right).isNotNull();
    assertThat(Integer.signum(left.compareTo(right)))
        .isEqualTo(Integer.signum(number(a).compareTo(number(b))));
  }

  private static BigDecimal number(Json json) {
    return switch (json) {
      case Json.Int(long n) -> BigDecimal.valueOf(n);
      case Json.Real(double d) -> new BigDecimal(d);
      default -> throw new IllegalArgumentException(json.canonical());
    };
  }

  @Provide
  Arbitrary<Json> numbers() {
    Arbitrary<Long> longs = Arbitraries.longs();
    return Arbitraries.oneOf(
        longs.map(Json::of),
        longs.map(n -> Json.of((double) n)),
        longs.map(n -> Json.of(n / 1024)),
        longs.map(n -> Json.of((double) n / 1024)),
        Arbitraries.doubles().map(Json::of),
        Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L).map(Json::of));
  }

  @Provide
  Arbitrary<Json> json() {
    Arbitrary<Json> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().map(Json::of),
            Arbitraries.longs().map(Json::of),
            Arbitraries.doubles().map(Json::of),
            Arbitraries.of(true, false).map(Json::of),
            Arbitraries.just(new Json.Null()));
    return Arbitraries.oneOf(
        scalars,
        scalars.list().ofMaxSize(4).map(Json.Array::new),
        Arbitraries.maps(Arbitraries.strings(), scalars).ofMaxSize(4).map(Json.Obj::new));
  }

  private static Chunk chunk(String text, Metadata metadata) {
    var document = new DocumentId("a");
    return new Chunk(
        ChunkKey.of(document, ContentHash.of(text), 0),
        document,
        text,
        Place.WHOLE,
        Language.ENGLISH,
        Audience.EVERYONE,
        metadata);
  }

  private static Vector vector(Sentence sentence) {
    return Objects.requireNonNull(sentence.vector());
  }

  private static double cosine(Vector a, Vector b) {
    double dot = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.get(i) * b.get(i);
    }
    return dot / (a.length() * b.length());
  }
}
