package io.kass.local.sqlite;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.CallScope;
import io.kass.ports.embedding.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteVectorCacheTest {
  private static final String MODEL = "model-1";

  private final CallScope scope = scope();
  private final Random random = new Random(7);
  private Path directory;
  private SqliteDatabase database;

  @BeforeEach
  void open(@TempDir Path folder) {
    directory = folder;
    database =
        new SqliteDatabase(SqliteConfig.in(folder), SqliteSchema.VECTORS, InstantSource.system());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void givesBackTheDirectionItWasGiven() {
    Vector large = random(384, 1_000);
    Vector tiny = random(384, 1e-20f);
    Vector one = Vector.of(0, -1, 0);
    cache(1 << 10).put(scope, MODEL, Map.of("a", large, "b", tiny, "c", one));
    Map<String, Vector> found = cache(1 << 10).get(scope, MODEL, List.of("a", "b", "c", "d", "a"));
    assertThat(found).containsOnlyKeys("a", "b", "c").containsEntry("c", one);
    assertThat(found.get("a")).satisfies(like(large));
    assertThat(found.get("b")).satisfies(like(tiny));
  }

  @Test
  void tellsModelsAndHalvesOfCharactersApart() {
    cache(1 << 10).put(scope, MODEL, Map.of("a \ud83d", random(8, 1)));
    assertThat(cache(1 << 10).get(scope, "model-2", List.of("a \ud83d"))).isEmpty();
    assertThat(cache(1 << 10).get(scope, MODEL, List.of("a \ud83c", "a ?"))).isEmpty();
    assertThat(cache(1 << 10).get(scope, MODEL, List.of("a \ud83d"))).hasSize(1);
  }

  @Test
  void holdsNoMoreThanItsPlacesAndWhatIsLastStays() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      texts.add("text " + i);
      cache(16).put(scope, MODEL, Map.of(texts.getLast(), random(8, 1)));
    }
    assertThat(rows()).isEqualTo(16);
    assertThat(cache(16).get(scope, MODEL, texts)).hasSize(16).containsKey("text 199");
  }

  @Test
  void whatIsLeftOfATextTellsNothingToWhoeverDoesNotHaveIt() throws IOException {
    Vector vector = Vector.of(1, 0.5f, 0.25f, 0.125f, 1, 0.5f, 0.25f, 0.125f);
    cache(1 << 10).put(scope, MODEL, Map.of("the secret of Ann", vector, "another", vector));
    List<String> records =
        database.read(
            scope, session -> session.list("SELECT hex(record) FROM vector", r -> r.getString(1)));
    assertThat(records).hasSize(2).doesNotHaveDuplicates();
    database.close();
    String bytes = Files.readString(directory.resolve("kass.db"), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("vector").doesNotContain("secret");
    // 1, 0.5, 0.25 in steps, as they would stand there.
    assertThat(bytes).doesNotContain("\u007f\u00ff@\u0000 \u0000");
  }

  private SqliteVectorCache cache(int places) {
    return new SqliteVectorCache(database, places);
  }

  private long rows() {
    return database.<Long>read(scope, session -> session.number("SELECT count(*) FROM vector"));
  }

  private Vector random(int dimension, float size) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) random.nextGaussian() * size;
    }
    return Vector.adopt(values);
  }

  private static ThrowingConsumer<Vector> like(Vector expected) {
    return found -> assertThat(unit(found).cosine(unit(expected))).isGreaterThan(0.999_999);
  }

  private static Vector unit(Vector vector) {
    float[] values = vector.toArray();
    double length = vector.length();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / length);
    }
    return Vector.adopt(values);
  }
}
