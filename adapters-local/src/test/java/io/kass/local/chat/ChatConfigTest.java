package io.kass.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kass.ports.backend.Closer;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatConfigTest {
  @Test
  void namesNoModelByDefault() {
    assertThat(ChatConfig.DEFAULTS)
        .isEqualTo(
            new ChatConfig(
                ChatConfig.Provider.OPENAI,
                URI.create(""),
                "",
                Secret.NONE,
                Duration.ofSeconds(5),
                Duration.ofMinutes(2)));
    assertThat(chat(ChatConfig.DEFAULTS).present()).isFalse();
  }

  @Test
  void readsEachKey() {
    var section =
        new ConfigSection(
            "chat",
            Map.of(
                "provider", "groq",
                "url", "http://localhost:11434/v1",
                "model", "qwen3",
                "key", "secret",
                "connect-timeout", "1s",
                "idle-timeout", "250ms"));

    ChatConfig config = section.over(ChatConfig.DEFAULTS);

    assertThat(config)
        .isEqualTo(
            new ChatConfig(
                ChatConfig.Provider.GROQ,
                URI.create("http://localhost:11434/v1"),
                "qwen3",
                new Secret("secret"),
                Duration.ofSeconds(1),
                Duration.ofMillis(250)));
    assertThat(config.toString()).doesNotContain("secret");
    assertThat(chat(config).id()).isEqualTo("qwen3");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:11434, http://localhost:11434/v1/chat/completions",
    "http://localhost:11434/, http://localhost:11434/v1/chat/completions",
    "https://api.openai.com/v1, https://api.openai.com/v1/chat/completions",
    "https://api.groq.com/openai/v1/, https://api.groq.com/openai/v1/chat/completions",
    "http://h/v1/chat/completions, http://h/v1/chat/completions",
    "HTTP://[::1]:8080/api%20x, HTTP://[::1]:8080/api%20x/chat/completions",
    "https://h/d/m?api-version=2, https://h/d/m/chat/completions?api-version=2"
  })
  void findsTheEndpoint(String url, String endpoint) {
    ChatConfig config = config("url", url);

    assertThat(ChatProtocol.of(config).endpoint().uri()).hasToString(endpoint);
    assertThat(ChatProtocol.of(config).endpoint().shown())
        .isEqualTo(endpoint.replaceAll("\\?.*", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:11434", "ftp://h/v1", "/v1", "http:///v1", "http://user:secret@h/v1"})
  void refusesOtherAddresses(String url) {
    assertThatThrownBy(() -> config("url", url))
        .isInstanceOf(Misconfigured.class)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\nbreak", "clé"})
  void refusesKeysThatCannotBeSentWithoutShowingThem(String key) {
    assertThatThrownBy(() -> config("key", key))
        .isInstanceOf(Misconfigured.class)
        .hasMessageNotContaining(key);
  }

  @Test
  void needsTheNameOfAModel() {
    assertThatThrownBy(() -> config("model", ""))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("model");
  }

  @ParameterizedTest
  @CsvSource({"gemini, GEMINI_MODEL", "groq, GROQ_MODEL", "ollama, KASS_CHAT_MODEL"})
  void needsTheNameOfAModelOfOtherProviders(String provider, String variable) {
    var section = new ConfigSection("chat", Map.of("provider", provider));

    assertThatThrownBy(() -> section.over(ChatConfig.DEFAULTS))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("KASS_CHAT_MODEL", variable);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini, https://generativelanguage.googleapis.com/v1beta/models/m:streamGenerateContent",
    "groq, https://api.groq.com/openai/v1/chat/completions",
    "ollama, http://localhost:11434/api/chat"
  })
  void needsNoAddressOfOtherProviders(String provider, String endpoint) {
    var section = new ConfigSection("chat", Map.of("provider", provider, "model", "m"));
    ChatConfig config = section.over(ChatConfig.DEFAULTS);

    assertThat(chat(config).present()).isTrue();
    assertThat(ChatProtocol.of(config).endpoint().shown()).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect-timeout", "idle-timeout"})
  void refusesTimeoutsOfZero(String setting) {
    assertThatThrownBy(() -> config(setting, "0s"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(setting);
  }

  private static ChatConfig config(String key, String value) {
    var values = new HashMap<>(Map.of("url", "http://localhost:1", "model", "m"));
    values.put(key, value);
    return new ConfigSection("chat", values).over(ChatConfig.DEFAULTS);
  }

  private static ChatModel chat(ChatConfig config) {
    return Guice.createInjector(
            new ChatModule(),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                bind(ChatConfig.class).toInstance(config);
                bind(InstantSource.class).toInstance(InstantSource.system());
                bind(Closer.class).toInstance(new Closer());
              }
            })
        .getInstance(ChatModel.class);
  }
}
