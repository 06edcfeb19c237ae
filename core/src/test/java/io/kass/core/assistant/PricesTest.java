package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.chat.TokenUsage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {
  private static final TokenUsage USAGE = new TokenUsage(1_000_000, 2_000_000, 3_000_000);
  private static final Prices PRICES =
      Prices.parse(List.of("m 2026-01-01 1 0.5 10", "m 2026-07-01 2 1 20", "n 2026-01-01 0 0 0"));

  @Test
  void thePriceOfTheDayCounts() {
    assertThat(cost("m", "2026-06-30T23:59:59Z")).isEqualTo("32.5");
    assertThat(cost("m", "2026-07-01T00:00:00Z")).isEqualTo("65");
    assertThat(cost("n", "2026-07-01T00:00:00Z")).isEqualTo("0");
  }

  @Test
  void whatIsNotKnownIsNotNothing() {
    Instant now = Instant.parse("2026-06-30T23:59:59Z");
    assertThat(PRICES.cost("other", USAGE, now)).isNull();
    assertThat(PRICES.cost("m", USAGE, Instant.parse("2025-12-31T23:59:59Z"))).isNull();
    assertThat(PRICES.cost("m", TokenUsage.NONE, now)).as("the provider did not tell").isNull();
    assertThat(Prices.UNKNOWN.cost("m", USAGE, now)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m 2026-01-01 1 1",
        "m 2026-13-01 1 1 1",
        "m 2026-01-01 1 1 x",
        "m 2026-01-01 1 1 -1"
      })
  void whatIsNoPriceIsRefused(String text) {
    assertThatThrownBy(() -> Prices.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no price: write the model");
  }

  private static String cost(String model, String at) {
    return String.valueOf(PRICES.cost(model, USAGE, Instant.parse(at)));
  }
}
