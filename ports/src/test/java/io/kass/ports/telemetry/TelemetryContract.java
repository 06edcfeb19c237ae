package io.kass.ports.telemetry;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.kass.ports.TestThreads;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every telemetry does: nothing that anybody could notice. */
public abstract class TelemetryContract {
  protected abstract Telemetry telemetry();

  @Test
  void takesEveryMeasurement() {
    Telemetry telemetry = telemetry();
    assertThatCode(
            () -> {
              telemetry.count("turn.answered", 1, Map.of());
              telemetry.count("turn.answered", 0, Map.of("backend", "aws"));
              telemetry.count("turn.answered", -1, Map.of("backend", ""));
              telemetry.time("turn.took", Duration.ZERO, Map.of());
              telemetry.time("turn.took", Duration.ofDays(100_000), Map.of("backend", "aws"));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void takesMeasurementsOfManyThreads() {
    Telemetry telemetry = telemetry();
    TestThreads.atOnce(
        4,
        number ->
            () -> {
              for (int i = 0; i < 1000; i++) {
                telemetry.count("turn.answered", 1, Map.of("thread", Integer.toString(number)));
              }
              return number;
            });
  }
}
