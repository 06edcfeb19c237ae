package io.kass.local.embedding;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Which embedding model is asked for, and where it is.
 *
 * @param provider whose protocol it speaks ({@code EMBEDDING_PROVIDER} of the legacy deployment)
 * @param url the server's base address, such as {@code http://localhost:11434/v1}; may be empty for
 *     Gemini and Voyage
 * @param model the model's name, as the server knows it ({@code GEMINI_EMBED_MODEL}, {@code
 *     EMBED_MODEL}); empty for the provider's usual one
 * @param key the secret that the server asks for ({@code GEMINI_EMBED_API_KEY}, {@code
 *     EMBED_API_KEY}); may be empty
 * @param dimension the length of its vectors; 0 where the model is a known one
 * @param maxTokens where texts are cut, in the model's tokens; 0 where the model is a known one
 * @param connectTimeout how long connecting may take
 * @param idleTimeout how long the server may send nothing
 */
public record EmbeddingConfig(
    Provider provider,
    URI url,
    String model,
    Secret key,
    int dimension,
    int maxTokens,
    Duration connectTimeout,
    Duration idleTimeout) {
  /** A local server of OpenAI's protocol, without a model yet. */
  public static final EmbeddingConfig DEFAULTS =
      new EmbeddingConfig(
          Provider.OPENAI,
          URI.create(""),
          "",
          Secret.NONE,
          0,
          0,
          Duration.ofSeconds(5),
          Duration.ofMinutes(1));

  /** Whose protocol a server speaks. */
  public enum Provider {
    /** Google's Gemini API. */
    GEMINI,
    /** Voyage AI. */
    VOYAGE,
    /** OpenAI, and the many servers that speak as it does. */
    OPENAI
  }

  public EmbeddingConfig {
    if (!url.toString().isEmpty()) {
      checkUrl(url);
    }
    if (!key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Misconfigured(
          "The embedding key holds characters that cannot be sent (a space, a line break, an"
              + " accent?).");
    }
    if (dimension < 0 || maxTokens < 0) {
      throw new Misconfigured("The embedding model's dimension and max-tokens are not negative.");
    }
    if (!connectTimeout.isPositive() || !idleTimeout.isPositive()) {
      throw new Misconfigured("The embedding model's timeouts are longer than zero.");
    }
  }

  private static void checkUrl(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getRawUserInfo() != null) {
      throw new Misconfigured(
          "The embedding address must not hold a name or password; use the key setting.");
    }
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new Misconfigured(
          "The embedding address must look like http://localhost:11434/v1, not '" + url + "'.");
    }
  }
}
