package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Language;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.StoredChunk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full at any moment of a write. */
class FullDiskTest {
  private static final long PLENTY = 1L << 40;

  @TempDir private Path directory;
  private final AtomicLong left = new AtomicLong(PLENTY);
  private TestIndex index;

  @BeforeEach
  void open() {
    index = TestIndex.open(directory, path -> new FailingDirectory(path, left));
    index.replace("a", "1", chunks("a", "old", 5));
  }

  @AfterEach
  void close() {
    left.set(PLENTY);
    index.close();
  }

  @Test
  void keepsTheOldStateAndGoesOnWhenThereIsSpaceAgain() {
    for (int space = 0; space < 12_000; space += 400) {
      String order = String.format("%06d", space);
      left.set(space);

      assertThatThrownBy(() -> index.replace("a", "2" + order, chunks("a", "new", 9)))
          .as("with " + space + " bytes left")
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("full")
          .hasMessageContaining(directory.toString());

      assertThat(index.find("common", Language.ENGLISH))
          .hasSize(5)
          .allMatch(text -> text.startsWith("old"));
      left.set(PLENTY);
      index.replace("b", order, chunks("b", "other", 1));
      index.replace("b", order, List.of());
    }

    index.replace("a", "3", chunks("a", "new", 9));
    assertThat(index.find("common", Language.ENGLISH)).hasSize(9);
    index.close();
    index = TestIndex.open(directory);
    assertThat(index.find("common", Language.ENGLISH)).hasSize(9);
  }

  @Test
  void nobodyIsToldThatAChangeIsWrittenWhichIsNot() throws Exception {
    for (int round = 0; round < 10; round++) {
      left.set(3_000 + 1_500 * round);
      List<String> written = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
        List<Future<String>> futures = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          String document = "document " + round + " " + i;
          futures.add(threads.submit(writing(document)));
        }
        for (Future<String> future : futures) {
          String document = future.get();
          if (!document.isEmpty()) {
            written.add("x common of " + document + " 0");
          }
        }
      }
      left.set(PLENTY);

      assertThat(index.find("common", Language.ENGLISH)).containsAll(written);
    }
  }

  private Callable<String> writing(String document) {
    return () -> {
      try {
        index.replace(document, "1", chunks(document, "x common of " + document, 1));
        return document;
      } catch (Unavailable full) {
        return "";
      }
    };
  }

  private static List<StoredChunk> chunks(String document, String text, int count) {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String unique = text.contains("common") ? text + " " + i : text + " common text " + i;
      chunks.add(chunk(document, unique).vector(1, i, 0, 0, 0, 0, 0, 0).build());
    }
    return chunks;
  }
}
