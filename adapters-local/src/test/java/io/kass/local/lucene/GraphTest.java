package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Above the exact limit: by the graph, almost the same neighbours. */
class GraphTest {
  private static final int CHUNKS = 4_000;
  private static final String[] SMALL_LIMITS = {
    "exact-limit", "500", "graph-segment", "400", "graph-candidates", "60", "merge-wait", "60s"
  };

  @TempDir private Path directory;
  private final Random random = new Random(42);
  private final float[][] centres = centres();

  @Test
  void findsNearlyAllOfTheNearest() {
    List<StoredChunk> chunks = chunks(CHUNKS);
    write(chunks, SMALL_LIMITS);

    try (TestIndex index = TestIndex.open(directory, SMALL_LIMITS)) {
      assertThat(recall(index, chunks, Filter.all())).isGreaterThan(0.95);
      Filter rare = new Filter.Range("number", Json.of(0), Json.of(40));
      assertThat(recall(index, chunks.subList(0, 40), rare)).isEqualTo(1);
      Filter half = new Filter.Range("number", Json.of(0), Json.of(CHUNKS / 2));
      assertThat(recall(index, chunks.subList(0, CHUNKS / 2), half)).isGreaterThan(0.95);
    }
  }

  @Test
  void givesCosinesAndLeavesOutWhatWasDeleted() {
    List<StoredChunk> chunks = chunks(1_000);
    write(chunks, SMALL_LIMITS);
    try (TestIndex index = TestIndex.open(directory, SMALL_LIMITS)) {
      Vector wanted = vectorOf(chunks.get(7));
      Hit nearest = nearest(index, wanted, 1, Filter.all()).get(0);
      assertThat(nearest.chunk().key()).isEqualTo(chunks.get(7).key());
      assertThat(nearest.score()).isBetween(0.99999, 1.0);

      index.index().delete(TestIndex.scope(), Set.of(chunks.get(7).key()));

      assertThat(nearest(index, wanted, 20, Filter.all()))
          .extracting(hit -> hit.chunk().key())
          .doesNotContain(chunks.get(7).key());
    }
  }

  @Test
  void segmentsFromBeforeTheLimitGetTheirGraph() {
    List<StoredChunk> chunks = chunks(1_200);
    // All of it in one segment, written when no graph was wanted.
    write(chunks, "exact-limit", "100000", "graph-segment", "400");
    assertThat(graphs()).isFalse();

    write(chunks.subList(0, 1), SMALL_LIMITS);

    assertThat(graphs()).isTrue();
    try (TestIndex index = TestIndex.open(directory, SMALL_LIMITS)) {
      assertThat(recall(index, chunks, Filter.all())).isGreaterThan(0.95);
      assertThat(index.index().description().chunks()).isEqualTo(1_200);
    }
  }

  @Test
  void belowTheLimitEveryVectorIsCompared() {
    List<StoredChunk> chunks = chunks(2_000);
    write(chunks);

    assertThat(graphs()).isFalse();
    try (TestIndex index = TestIndex.open(directory)) {
      assertThat(recall(index, chunks, Filter.all())).isEqualTo(1);
      Filter some = new Filter.Range("number", Json.of(300), Json.of(700));
      assertThat(recall(index, chunks.subList(300, 700), some)).isEqualTo(1);
    }
  }

  @Test
  void vectorsComeBackBitForBitFromSegmentsWithAGraph() {
    List<StoredChunk> chunks = chunks(900);
    write(chunks, SMALL_LIMITS);

    assertThat(graphs()).isTrue();
    try (TestIndex index = TestIndex.open(directory, SMALL_LIMITS)) {
      Cursor cursor = Cursor.START;
      Set<StoredChunk> found = new HashSet<>();
      while (cursor != null) {
        var page = index.index().scan(TestIndex.scope(), KeyRange.ALL, cursor, true);
        found.addAll(page.items());
        cursor = page.next();
      }
      assertThat(found).isEqualTo(Set.copyOf(chunks));
    }
  }

  private void write(List<StoredChunk> chunks, String... settings) {
    try (TestIndex index = TestIndex.open(directory, settings)) {
      for (int from = 0; from < chunks.size(); from += 1_000) {
        index
            .index()
            .put(TestIndex.scope(), chunks.subList(from, Math.min(from + 1_000, chunks.size())));
      }
    }
  }

  /** Whether any segment has a graph. */
  private boolean graphs() {
    try (var files = FSDirectory.open(directory);
        var reader = DirectoryReader.open(files)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        if (leaf.reader() instanceof SegmentReader segment
            && segment.getVectorReader() instanceof PerFieldKnnVectorsFormat.FieldsReader fields
            && fields.getFieldReader(Fields.VECTOR) instanceof HnswGraphProvider vectors
            && vectors.getGraph(Fields.VECTOR).size() > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of the ten nearest are found, on average over questions. */
  private double recall(TestIndex index, List<StoredChunk> chunks, Filter filter) {
    int found = 0;
    int questions = 40;
    for (int i = 0; i < questions; i++) {
      Vector wanted = near(centres[random.nextInt(centres.length)]);
      List<String> nearest =
          chunks.stream()
              .sorted(Comparator.comparingDouble(c -> -vectorOf(c).cosine(wanted)))
              .limit(10)
              .map(c -> c.key().hex())
              .toList();
      List<Hit> hits = nearest(index, wanted, 10, filter);
      assertThat(hits).hasSize(10);
      found += (int) hits.stream().filter(h -> nearest.contains(h.chunk().key().hex())).count();
    }
    return found / (10.0 * questions);
  }

  private static List<Hit> nearest(TestIndex index, Vector wanted, int limit, Filter filter) {
    Legs legs = index.search(null, Language.ENGLISH, wanted, limit, filter);
    return legs.vector();
  }

  private List<StoredChunk> chunks(int count) {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(
          chunk("document" + i / 10, "chunk " + i)
              .vector(near(centres[i % centres.length]))
              .with("number", Json.of(i))
              .build());
    }
    return chunks;
  }

  private float[][] centres() {
    float[][] made = new float[20][TestIndex.DIMENSION];
    for (float[] centre : made) {
      for (int i = 0; i < centre.length; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
    return made;
  }

  private Vector near(float[] centre) {
    float[] values = centre.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.5f * (float) random.nextGaussian();
    }
    return Vector.adopt(values);
  }

  private static Vector vectorOf(StoredChunk chunk) {
    return Objects.requireNonNull(chunk.vector());
  }
}
