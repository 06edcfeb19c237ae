package io.kass.ports.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingTelemetryTest extends TelemetryContract {
  @Override
  protected Telemetry telemetry() {
    return new RecordingTelemetry();
  }

  @Test
  void remembersWhatWasMeasured() {
    var telemetry = new RecordingTelemetry();
    telemetry.count("a", 2, Map.of());
    telemetry.count("a", 3, Map.of("x", "y"));
    telemetry.time("b", Duration.ofMillis(4), Map.of());
    assertThat(telemetry.sum("a")).isEqualTo(5);
    assertThat(telemetry.counted()).hasSize(2);
    assertThat(telemetry.timed())
        .containsExactly(new RecordingTelemetry.Timed("b", Duration.ofMillis(4), Map.of()));
  }
}
