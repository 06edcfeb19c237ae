package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxConfigTest {
  private static final OnnxConfig DEFAULTS = OnnxConfig.defaults(Path.of("cache"));

  @Test
  void hasDefaults() {
    assertThat(DEFAULTS).isEqualTo(new OnnxConfig(Path.of("cache"), 0, true));
    assertThat(DEFAULTS.workerCount()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(ConfigSection.empty("embeddings").over(DEFAULTS)).isEqualTo(DEFAULTS);
  }

  @Test
  void readsEachKey() {
    var section =
        new ConfigSection(
            "embeddings", Map.of("assets", "elsewhere", "workers", "3", "preload", "false"));

    assertThat(section.over(DEFAULTS)).isEqualTo(new OnnxConfig(Path.of("elsewhere"), 3, false));
    assertThat(section.over(DEFAULTS).workerCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "257"})
  void refusesImpossibleNumbersOfWorkers(String workers) {
    var section = new ConfigSection("embeddings", Map.of("workers", workers));

    assertThatThrownBy(() -> section.over(DEFAULTS))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(workers);
  }
}
