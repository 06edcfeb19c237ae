package io.kass.local.chat;

import io.kass.local.http.Endpoint;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * Which language model is asked, and where it is. {@link ChatModule} makes it. How long a reply may
 * be, and its temperature, come with each request.
 *
 * <p>The legacy deployment's {@code LLM_PROVIDER} is {@code provider}. With {@code gemini} its
 * {@code GEMINI_API_KEY} is {@code key} and its {@code GEMINI_MODEL} is {@code model}; with {@code
 * groq} these are {@code GROQ_API_KEY} and {@code GROQ_MODEL}. All else is right for either. {@code
 * GEMINI_MAX_TOKENS}, {@code GEMINI_TEMPERATURE} and Groq's are no settings of the model but of the
 * answers ({@code output-tokens}, {@code temperature}).
 *
 * @param provider whose protocol the server speaks: {@code openai} for OpenAI and all that speak as
 *     it does (llama.cpp, vLLM, LM Studio, …), {@code gemini}, {@code groq}, {@code ollama}
 * @param url the server's base address. {@code openai}: such as {@code http://localhost:8080/v1}; a
 *     bare host gets {@code /v1}, {@code /chat/completions} is added unless it is there, and an
 *     empty one means no model. The others: empty for where they usually are, which for {@code
 *     ollama} is this machine
 * @param model the model's name, as the server knows it; there is no usual one, since answers of
 *     two models cannot be compared
 * @param key the secret that the server asks for; {@code gemini} and {@code groq} need one where
 *     they usually are
 * @param connectTimeout how long connecting may take
 * @param idleTimeout how long the server may send nothing: it has to read the question, or even to
 *     load the model, before the first word
 */
public record ChatConfig(
    Provider provider,
    URI url,
    String model,
    Secret key,
    Duration connectTimeout,
    Duration idleTimeout) {
  /** No model. */
  public static final ChatConfig DEFAULTS =
      new ChatConfig(
          Provider.OPENAI,
          URI.create(""),
          "",
          Secret.NONE,
          Duration.ofSeconds(5),
          Duration.ofMinutes(2));

  /** Whose protocol a server speaks. */
  public enum Provider {
    /** OpenAI, and the many servers that speak as it does. */
    OPENAI,
    /** Google's Gemini API. */
    GEMINI,
    /** Groq, which speaks as OpenAI does, nearly. */
    GROQ,
    /** Ollama's own protocol. */
    OLLAMA
  }

  public ChatConfig {
    if (!url.toString().isEmpty()) {
      Endpoint.checkUrl("chat", url);
    }
    if (isPresent(provider, url) && model.isBlank()) {
      String where = url.toString().isEmpty() ? "" : " at " + url.getHost();
      String legacy =
          switch (provider) {
            case OPENAI, OLLAMA -> "";
            case GEMINI -> ", or GEMINI_MODEL of the legacy deployment";
            case GROQ -> ", or GROQ_MODEL of the legacy deployment";
          };
      throw new Misconfigured(
          "The chat server%s needs the name of a model: KASS_CHAT_MODEL%s."
              .formatted(where, legacy));
    }
    Endpoint.checkKey("chat", key);
    Endpoint.checkTime("chat", "connect-timeout", connectTimeout);
    Endpoint.checkTime("chat", "idle-timeout", idleTimeout);
  }

  private static boolean isPresent(Provider provider, URI url) {
    return provider != Provider.OPENAI || !url.toString().isEmpty();
  }

  /** Whether there is a model. */
  boolean present() {
    return isPresent(provider, url);
  }
}
