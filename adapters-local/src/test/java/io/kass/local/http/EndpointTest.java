package io.kass.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "http://h, http://h/v1/chat",
    "http://h/, http://h/v1/chat",
    "http://h/v2, http://h/v2/chat",
    "http://h/v2/chat, http://h/v2/chat",
    "https://h:1/a?key=secret, https://h:1/a/chat?key=secret",
    "http://[::1]:8080, http://[::1]:8080/v1/chat"
  })
  void isUnderTheBase(String base, String endpoint) {
    Endpoint found = Endpoint.of(URI.create(base), "/v1", "/chat");

    assertThat(found.uri()).hasToString(endpoint);
    assertThat(found.shown()).doesNotContain("secret");
  }

  @Test
  void takesOneMoreParameter() {
    assertThat(Endpoint.of(URI.create("http://h"), "", "/x").with("alt", "sse").uri())
        .hasToString("http://h/x?alt=sse");
    assertThat(Endpoint.of(URI.create("http://h?a=b"), "", "/x").with("alt", "sse").uri())
        .hasToString("http://h/x?a=b&alt=sse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h",
        "h:1",
        "/v1",
        "http:///x",
        "http://user:secret@h",
        "ftp://h?key=secret"
      })
  void refusesWhatIsNoAddress(String url) {
    assertThatThrownBy(() -> Endpoint.checkUrl("chat", URI.create(url)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("chat address")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\nbreak", "clé"})
  void refusesKeysThatCannotBeSent(String key) {
    assertThatThrownBy(() -> Endpoint.checkKey("chat", new Secret(key)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageNotContaining(key);
  }

  @Test
  void refusesTimesThatNobodyCanKeep() {
    assertThatThrownBy(() -> Endpoint.checkTime("chat", "idle-timeout", Duration.ZERO))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("idle-timeout");
  }

  @ParameterizedTest
  @CsvSource({"gemini-2.5-flash, gemini-2.5-flash", "models/gemini-2.5-flash, gemini-2.5-flash"})
  void knowsANameOfGemini(String name, String model) {
    assertThat(Endpoint.geminiModel("chat", name)).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "../x", "x?key=1", "models/", "tuned/x"})
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> Endpoint.geminiModel("chat", name))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(name);
  }
}
