package io.kass.documents.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException.Misconfigured;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentLimitsTest {
  @Test
  void hasDefaults() {
    assertThat(ConfigSection.empty("documents").over(DocumentLimits.DEFAULT))
        .isEqualTo(
            new DocumentLimits(
                1_073_741_824, 20_000, Duration.ofSeconds(30), Duration.ofMillis(100), 512, 2));
  }

  @Test
  void readsEveryKey() {
    Map<String, String> values =
        Map.of(
            "max-bytes", "1000",
            "max-pages", "10",
            "time", "5s",
            "time-per-page", "0s",
            "memory", "64",
            "processes", "1");

    assertThat(new ConfigSection("documents", values).over(DocumentLimits.DEFAULT))
        .isEqualTo(new DocumentLimits(1000, 10, Duration.ofSeconds(5), Duration.ZERO, 64, 1));
  }

  @ParameterizedTest
  @CsvSource({"max-bytes, 0", "max-pages, 0", "time, 0s", "memory, 31", "processes, 0"})
  void refusesWhatMakesNoSense(String key, String value) {
    var section = new ConfigSection("documents", Map.of(key, value));

    assertThatThrownBy(() -> section.over(DocumentLimits.DEFAULT))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(key);
  }
}
