package io.kass.local.embedding;

import io.kass.local.http.Endpoint;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * Which embedding model is asked for, and where it is. {@link EmbeddingModule} makes it.
 *
 * <p>The legacy deployment's {@code EMBEDDING_PROVIDER} is {@code provider}. With {@code gemini}
 * its {@code GEMINI_EMBED_API_KEY} is {@code key} and its {@code GEMINI_EMBED_MODEL} is {@code
 * model}; with {@code voyage} these are {@code EMBED_API_KEY} and {@code EMBED_MODEL}. What is left
 * out is right for either.
 *
 * @param provider whose protocol it speaks: {@code gemini}, {@code voyage}, or {@code openai} for
 *     OpenAI and all that speak as it does
 * @param url the server's base address, such as {@code http://localhost:11434/v1}; may be empty for
 *     Gemini and Voyage, whose own it is then
 * @param model the model's name, as the server knows it; empty for {@code gemini-embedding-001} of
 *     Gemini and {@code voyage-2} of Voyage
 * @param key the secret that the server asks for; may be empty
 * @param dimension the length of its vectors: the model's own where it is 0, which has to be known
 *     then; else a shorter one that the model is asked for, if it can, or what an unknown model has
 * @param maxTokens how much of a text the model reads, in its tokens; 0 where the model is a known
 *     one
 * @param connectTimeout how long connecting may take
 * @param timeout how long the server may take for one answer
 */
public record EmbeddingConfig(
    Provider provider,
    URI url,
    String model,
    Secret key,
    int dimension,
    int maxTokens,
    Duration connectTimeout,
    Duration timeout) {
  /** A server of OpenAI's protocol that is not named yet. */
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
      Endpoint.checkUrl("embedding", url);
    }
    Endpoint.checkKey("embedding", key);
    if (dimension < 0 || maxTokens < 0) {
      throw new Misconfigured("The embedding model's dimension and max-tokens are not negative.");
    }
    Endpoint.checkTime("embedding", "connect-timeout", connectTimeout);
    Endpoint.checkTime("embedding", "timeout", timeout);
  }
}
