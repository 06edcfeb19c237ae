package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.core.ingestion.IngestionProgress;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class IngestionBarTest {
  private static final IngestionProgress THIRD =
      new IngestionProgress(340, 120, 9_000, 3_000, 480, null);

  @Test
  void aWideTerminalShowsAll() {
    assertThat(IngestionBar.line(THIRD, Duration.ofSeconds(10), 100))
        .isEqualTo(
            "Indexing 120/340 files  [##########--------------------]  33%  48 chunks/s  0:20"
                + " left");
  }

  @Test
  void aNarrowTerminalShowsWhatFits() {
    assertThat(IngestionBar.line(THIRD, Duration.ofSeconds(10), 39))
        .isEqualTo("Indexing 120/340 files  [##------]  33%");
    assertThat(IngestionBar.line(THIRD, Duration.ofSeconds(10), 42))
        .isEqualTo("Indexing 120/340 files  33%  48 chunks/s");
  }

  @Test
  void theFirstMomentsPromiseNothing() {
    assertThat(IngestionBar.line(THIRD, Duration.ofSeconds(1), 100)).doesNotContain("left");
  }

  @Test
  void timesReadAsClocksShowThem() {
    assertThat(IngestionBar.time(5)).isEqualTo("0:05");
    assertThat(IngestionBar.time(605)).isEqualTo("10:05");
    assertThat(IngestionBar.time(3_723)).isEqualTo("1:02:03");
  }

  @Property
  void theLineNeverBreaks(
      @ForAll @IntRange(max = 100_000) int documents,
      @ForAll @IntRange(max = 100_000) int done,
      @ForAll @LongRange(min = 0, max = 1L << 40) long bytes,
      @ForAll @LongRange(min = 0, max = 1L << 40) long bytesDone,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seconds,
      @ForAll @IntRange(min = 10, max = 200) int columns) {
    var progress =
        new IngestionProgress(
            documents, Math.min(done, documents), bytes, Math.min(bytesDone, bytes), 10, null);

    assertThat(IngestionBar.line(progress, Duration.ofSeconds(seconds), columns))
        .hasSizeLessThanOrEqualTo(columns)
        .doesNotContain("\n");
  }
}
