package io.kass.local.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LuceneConfigTest {
  @Test
  void hasDefaults() {
    assertThat(ConfigSection.empty("index").over(LuceneConfig.in(Path.of("data/index"))))
        .isEqualTo(
            new LuceneConfig(
                Path.of("data/index"),
                50_000,
                10_000,
                16,
                100,
                100,
                32,
                1_000,
                Duration.ofSeconds(2),
                1.2,
                0.75,
                0.3,
                0.3));
  }

  @Test
  void readsEveryKey() {
    var section =
        new ConfigSection(
            "index",
            Map.ofEntries(
                Map.entry("directory", "elsewhere"),
                Map.entry("exact-limit", "1"),
                Map.entry("graph-segment", "2"),
                Map.entry("graph-connections", "3"),
                Map.entry("graph-beam", "14"),
                Map.entry("graph-candidates", "5"),
                Map.entry("ram-buffer-megabytes", "6"),
                Map.entry("buffered-chunks", "7"),
                Map.entry("merge-wait", "8s"),
                Map.entry("bm25-k1", "0.9"),
                Map.entry("bm25-b", "0.4"),
                Map.entry("exact-boost", "0.5"),
                Map.entry("title-boost", "0.6")));

    assertThat(section.over(LuceneConfig.in(Path.of("data/index"))))
        .isEqualTo(
            new LuceneConfig(
                Path.of("elsewhere"),
                1,
                2,
                3,
                14,
                5,
                6,
                7,
                Duration.ofSeconds(8),
                0.9,
                0.4,
                0.5,
                0.6));
  }

  @ParameterizedTest
  @CsvSource({
    "exact-limit, -1",
    "graph-segment, 0",
    "graph-connections, 1",
    "graph-beam, 9",
    "graph-candidates, 0",
    "ram-buffer-megabytes, 0",
    "ram-buffer-megabytes, 2048",
    "buffered-chunks, 0",
    "merge-wait, PT-1S",
    "bm25-k1, -0.1",
    "bm25-k1, NaN",
    "bm25-b, 1.1",
    "exact-boost, -1",
    "title-boost, Infinity",
  })
  void refusesWhatIsOutOfRange(String key, String value) {
    var section = new ConfigSection("index", Map.of(key, value));

    assertThatThrownBy(() -> section.over(LuceneConfig.in(Path.of("x"))))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(key);
  }
}
