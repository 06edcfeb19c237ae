package io.kass.ports.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsTheWordWithTheFewestEdits() {
    List<String> words = List.of("url", "model", "key", "max-tokens");

    assertThat(Nearest.of("modle", words)).isEqualTo("model");
    assertThat(Nearest.of("maxtokens", words)).isEqualTo("max-tokens");
    assertThat(Nearest.of("", words)).isEqualTo("url");
  }

  @Test
  void tellsATypoFromAnotherWord() {
    assertThat(Nearest.isTypo("serach", "search")).isTrue();
    assertThat(Nearest.isTypo("foo", "ask")).isFalse();
    assertThat(Nearest.isTypo("", "url")).isFalse();
  }
}
