package io.kass.local.embedding;

import io.kass.local.http.Endpoint;
import io.kass.local.http.ModelErrors;
import io.kass.local.http.ServerErrors;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.error.KassException.Misconfigured;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * What providers say of their models, since a model has to be known before it is asked: Gemini API
 * "Embeddings", Voyage "Text embeddings", OpenAI "Vector embeddings".
 *
 * @param dimension the length of the vectors that come unless another one is asked for
 * @param maxTokens how much of a text is read
 */
record Known(int dimension, int maxTokens) {
  private static final Map<String, Known> MODELS =
      Map.ofEntries(
          Map.entry("gemini-embedding-001", new Known(3_072, 2_048)),
          Map.entry("text-embedding-004", new Known(768, 2_048)),
          Map.entry("voyage-2", new Known(1_024, 4_000)),
          Map.entry("voyage-large-2", new Known(1_536, 16_000)),
          Map.entry("voyage-code-2", new Known(1_536, 16_000)),
          Map.entry("voyage-multilingual-2", new Known(1_024, 32_000)),
          Map.entry("voyage-3", new Known(1_024, 32_000)),
          Map.entry("voyage-3-lite", new Known(512, 32_000)),
          Map.entry("text-embedding-ada-002", new Known(1_536, 8_191)),
          Map.entry("text-embedding-3-small", new Known(1_536, 8_191)),
          Map.entry("text-embedding-3-large", new Known(3_072, 8_191)),
          Map.entry("nomic-embed-text", new Known(768, 2_048)));

  /** The model's name: the one that is set, or the one of the legacy deployment. */
  static String model(EmbeddingConfig config) {
    if (!config.model().isBlank()) {
      return config.provider() == EmbeddingConfig.Provider.GEMINI
          ? Endpoint.geminiModel("embedding", config.model())
          : config.model();
    }
    return switch (config.provider()) {
      case GEMINI -> "gemini-embedding-001";
      case VOYAGE -> "voyage-2";
      case OPENAI -> throw new Misconfigured("The embedding server needs the name of a model.");
    };
  }

  /** What there is to know of the configured model. */
  static EmbeddingInfo info(EmbeddingConfig config) {
    String model = model(config);
    Known known = MODELS.get(model);
    if (known == null && (config.dimension() == 0 || config.maxTokens() == 0)) {
      throw new Misconfigured(
          "The embedding model '%s' is not a known one: set its dimension and its max-tokens."
              .formatted(model));
    }
    int usual = known == null ? config.dimension() : known.dimension;
    int dimension = config.dimension() == 0 ? usual : config.dimension();
    int maxTokens = config.maxTokens() == 0 && known != null ? known.maxTokens : config.maxTokens();
    // A shorter vector is one of another space.
    String id = dimension == usual ? model : model + "/" + dimension;
    return new EmbeddingInfo(id, dimension, maxTokens, Set.of());
  }

  /** Whether the server has to be told the dimension. */
  static boolean isShortened(EmbeddingConfig config) {
    Known known = MODELS.get(model(config));
    return known != null && config.dimension() != 0 && config.dimension() != known.dimension;
  }

  /** Where a provider is, unless told otherwise. */
  static URI address(EmbeddingConfig config) {
    if (!config.url().toString().isEmpty()) {
      return config.url();
    }
    return switch (config.provider()) {
      case GEMINI -> URI.create("https://generativelanguage.googleapis.com/v1beta");
      case VOYAGE -> URI.create("https://api.voyageai.com/v1");
      case OPENAI ->
          throw new Misconfigured("The embedding server needs an address: its setting is 'url'.");
    };
  }

  private static String name(EmbeddingConfig.Provider provider) {
    return switch (provider) {
      case GEMINI -> "Gemini";
      case VOYAGE -> "Voyage";
      case OPENAI -> "The embedding server";
    };
  }

  /** What is said when the provider's server fails, which is asked there. */
  static ModelErrors errors(EmbeddingConfig config, Endpoint endpoint, InstantSource clock) {
    var server =
        new ServerErrors(
            name(config.provider()) + " at " + endpoint.shown(),
            "",
            config.key(),
            config.connectTimeout(),
            config.timeout(),
            clock);
    String variable =
        switch (config.provider()) {
          case GEMINI -> "GEMINI_EMBED_API_KEY";
          case VOYAGE -> "EMBED_API_KEY";
          case OPENAI -> "its setting is 'key'";
        };
    return new ModelErrors(server, "embedding", model(config), variable, Duration.ZERO);
  }
}
