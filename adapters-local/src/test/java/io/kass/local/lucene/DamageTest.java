package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.index.Filter;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what was written: said so, whichever file it is. */
class DamageTest {
  private static final Vector SOME = Vector.of(1, 1, 0, 0, 0, 0, 0, 0);

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void write() {
    directory = temporary.resolve("index");
    try (TestIndex index = TestIndex.open(directory)) {
      List<StoredChunk> chunks = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String text = "common text number " + i;
        chunks.add(
            chunk("a", text)
                .vector(1, i, 0, 0, 0, 0, 0, 0)
                .with("number", Json.of(i))
                .sentence(0, 6, SOME)
                .build());
      }
      index.replace("a", "1", chunks);
      index.replace("b", "1", chunk("b", "common other").vector(SOME).build());
    }
  }

  @Test
  void aTruncatedFileIsSaidToBeDamaged() throws IOException {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int length : new int[] {0, whole.length / 2, whole.length - 1}) {
        Files.write(file, java.util.Arrays.copyOf(whole, length));

        assertThatThrownBy(this::readAll)
            .as(file + " cut to " + length)
            .isInstanceOf(Misconfigured.class)
            .hasMessageContaining(directory.toString())
            .hasMessageContaining("kass ingest --rebuild");
      }
      Files.write(file, whole);
    }
    readAll();
  }

  @Test
  void aMissingFileIsSaidToBeDamaged() throws IOException {
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith("segments")) {
        continue; // without its list there is no index: that is an empty one
      }
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);

      assertThatThrownBy(this::readAll).as(file.toString()).isInstanceOf(Misconfigured.class);
      assertThatThrownBy(this::write).as(file.toString()).isInstanceOf(Misconfigured.class);
      Files.write(file, whole);
    }
  }

  @Test
  void aChangedByteIsHarmlessOrSaidToBeDamage() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Path> files = files();
    int told = 0;
    for (int i = 0; i < 300; i++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] whole = Files.readAllBytes(file);
      byte[] changed = whole.clone();
      int at = random.nextInt(changed.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      try {
        readAll();
      } catch (Misconfigured expected) {
        assertThat(expected).hasMessageContaining(directory.toString());
        told++;
      } catch (KassException other) {
        throw new AssertionError("seed %d: byte %d of %s".formatted(seed, at, file), other);
      } finally {
        Files.write(file, whole);
      }
    }
    assertThat(told).isPositive();
    readAll();
  }

  /** Every kind of reading; what it returns of a chunk is right, or it does not return. */
  private void readAll() {
    try (TestIndex index = TestIndex.open(directory)) {
      index.index().description();
      index.search("common number", Language.ENGLISH, SOME, 100, Filter.all());
      index.search(
          "common",
          Language.ENGLISH,
          SOME,
          100,
          new Filter.Range("number", Json.of(3), Json.of(9)));
      for (StoredChunk found :
          index.index().scan(TestIndex.scope(), KeyRange.ALL, Cursor.START, true).items()) {
        assertThat(found.chunk().passage()).startsWith("common ");
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
  }
}
