package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnBenchmarkTest {
  @Test
  void measuresBothSidesAndAThousandTurnsAtOnce() {
    TurnBenchmark.Figures figures = new TurnBenchmark(100).run();
    assertThat(figures.kass().p50()).isPositive();
    assertThat(figures.peer().p50()).isPositive();
    assertThat(figures.firstToken()).isPositive();
    assertThat(figures.atOnce()).isEqualTo(1_000);
  }
}
