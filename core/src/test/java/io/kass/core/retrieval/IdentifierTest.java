package io.kass.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is ERR-4021?",
        "set max_size to 3",
        "(app.timeout)",
        "port of db01",
        "エラーERR-4021とは",
        "read a/b",
        "v1.2"
      })
  void findsTheNameOfOneThing(String text) {
    assertThat(Identifier.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "How many days?",
        "in 2026",
        "10-20",
        "1,000.5",
        "第3四半期の売上は？",
        "5日以内に返す",
        "-- ... --",
        "A4",
        "end."
      })
  void findsNoneInWordsAndNumbers(String text) {
    assertThat(Identifier.isIn(text)).isFalse();
  }

  @Test
  void longTextsOfSignsAreReadOnce() {
    assertThat(Identifier.isIn("-".repeat(1_000_000) + " " + "a".repeat(1_000_000) + "!"))
        .isFalse();
  }
}
