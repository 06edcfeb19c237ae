package io.kass.local.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.index.Filter;
import io.kass.ports.index.StoredChunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment leaves each document in its old state or its new one. */
class KillTest {
  private static final int KILLS = 20;

  /** The round of each document that was said to be durable; 0 before any. */
  private final int[] durable = new int[ReplacingProcess.DOCUMENTS];

  /** The document of the last line, whose successor was being replaced when the kill came. */
  private int last;

  @Tag("D5")
  @Test
  void leavesTheOldOrTheNewState(@TempDir Path directory) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      String first = Integer.toString(lastRound() + 1);
      try (var process = ChildProcess.start(ReplacingProcess.class, directory.toString(), first)) {
        // Some changes are waited for; then the kill comes within the time of a few more.
        int changes = 1 + random.nextInt(12);
        for (int i = 0; i < changes; i++) {
          note(process.nextLine());
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        process.kill();
        for (String line = process.nextLine(); line != null; line = process.nextLine()) {
          note(line);
        }
      }
      assertWhole(directory, "seed " + seed + ", kill " + kill);
    }
  }

  private void note(@Nullable String line) {
    if (line == null) {
      throw new AssertionError("the child process ended by itself");
    }
    int space = line.indexOf(' ');
    last = Integer.parseInt(line.substring(0, space));
    durable[last] = Integer.parseInt(line.substring(space + 1));
  }

  private int lastRound() {
    return durable[last];
  }

  private void assertWhole(Path directory, String description) {
    try (TestIndex index = TestIndex.open(directory)) {
      int next = (last + 1) % durable.length;
      List<StoredChunk> after =
          ReplacingProcess.chunks(next, next == 0 ? lastRound() + 1 : lastRound());
      if (found(index, next).size() == after.size()
          && found(index, next).containsAll(bare(after))) {
        durable[next] = next == 0 ? lastRound() + 1 : lastRound();
        last = next;
      }
      int total = 0;
      for (int document = 0; document < durable.length; document++) {
        List<StoredChunk> expected =
            durable[document] == 0
                ? List.of()
                : ReplacingProcess.chunks(document, durable[document]);
        assertThat(found(index, document))
            .as(description)
            .containsExactlyInAnyOrderElementsOf(bare(expected));
        total += expected.size();
      }
      assertThat(index.index().description().chunks()).as(description).isEqualTo(total);
      assertThat(index.index().scan(TestIndex.scope(), KeyRange.ALL, Cursor.START, true).items())
          .as(description)
          .hasSize(total);
    }
  }

  private static List<StoredChunk> found(TestIndex index, int document) {
    Filter filter = new Filter.Equals(Filter.DOCUMENT, Json.of("document" + document));
    return index.search("common", Language.ENGLISH, null, 100, filter).keyword().stream()
        .map(hit -> hit.chunk())
        .toList();
  }

  /** As hits bring them. */
  private static List<StoredChunk> bare(List<StoredChunk> chunks) {
    return chunks.stream().map(chunk -> new StoredChunk(chunk.chunk(), null, List.of())).toList();
  }
}
