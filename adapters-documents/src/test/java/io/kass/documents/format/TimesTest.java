package io.kass.documents.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-10-27T01:02:03Z",
        "2025-10-27T10:02:03+09:00",
        "2025-10-27T10:02:03.000+0900",
        "Mon, 27 Oct 2025 10:02:03 +0900",
        "Mon Oct 27 10:02:03 2025 +0900",
        "2025-10-27 10:02:03 +0900"
      })
  void readsWhatToolsWrite(String text) {
    assertThat(Times.instant(text)).isEqualTo("2025-10-27T01:02:03Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2025-10-27", "2025-13-27T01:02:03Z"})
  void tellsNothingWhereThereIsNone(String text) {
    assertThat(Times.instant(text)).isEmpty();
  }
}
