package io.kass.local.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqliteConfigTest {
  private final SqliteConfig defaults = SqliteConfig.in(Path.of("data"));

  @Test
  void hasDefaults() {
    assertThat(ConfigSection.empty("sqlite").over(defaults))
        .isEqualTo(
            new SqliteConfig(
                Path.of("data", "kass.db"), Path.of("data", "native"), Duration.ofSeconds(10), 4));
  }

  @Test
  void readsEverySetting() {
    var section =
        new ConfigSection(
            "sqlite",
            Map.of(
                "file", "/other/file.db",
                "native-directory", "/cache/native",
                "busy-timeout", "250ms",
                "connections", "8"));
    assertThat(section.over(defaults))
        .isEqualTo(
            new SqliteConfig(
                Path.of("/other/file.db"), Path.of("/cache/native"), Duration.ofMillis(250), 8));
  }

  @Test
  void refusesWhatDoesNotFit() {
    for (Map<String, String> values :
        Map.of("a", Map.of("busy-timeout", "0s"), "b", Map.of("connections", "0")).values()) {
      assertThatThrownBy(() -> new ConfigSection("sqlite", values).over(defaults))
          .isInstanceOf(Misconfigured.class);
    }
  }
}
