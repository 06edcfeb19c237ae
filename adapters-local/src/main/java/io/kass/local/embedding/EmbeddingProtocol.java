package io.kass.local.embedding;

import io.kass.local.http.Endpoint;
import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.embedding.Purpose;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a provider is asked, and what it answers. */
sealed interface EmbeddingProtocol {
  /** The request for these texts' vectors. */
  HttpRequest request(Purpose purpose, List<String> texts);

  /** The vectors of a response, in the order of the texts, each an array; none of another one. */
  List<Json> vectors(@Nullable Json response);

  /** Where requests go. */
  Endpoint endpoint();

  /** The protocol of the configured provider. */
  static EmbeddingProtocol of(EmbeddingConfig config) {
    return switch (config.provider()) {
      case GEMINI -> new Gemini(config);
      case VOYAGE -> new Common(config, true);
      case OPENAI -> new Common(config, false);
    };
  }

  /**
   * The Gemini API's {@code models.batchEmbedContents}.
   *
   * @see <a href="https://ai.google.dev/api/embeddings">its reference</a>
   */
  record Gemini(EmbeddingConfig config) implements EmbeddingProtocol {
    @Override
    public Endpoint endpoint() {
      String path = "/models/" + Known.model(config) + ":batchEmbedContents";
      return Endpoint.of(Known.address(config), "/v1beta", path);
    }

    @Override
    public HttpRequest request(Purpose purpose, List<String> texts) {
      List<Json> requests = texts.stream().map(text -> request(purpose, text)).toList();
      var request = post(endpoint(), new Json.Obj(Map.of("requests", new Json.Array(requests))));
      if (!config.key().isEmpty()) {
        request.header("x-goog-api-key", config.key().reveal());
      }
      return request.build();
    }

    private Json request(Purpose purpose, String text) {
      Json part = new Json.Obj(Map.of("text", Members.sendable(text)));
      var request = new LinkedHashMap<String, Json>();
      request.put("model", Json.of("models/" + Known.model(config)));
      request.put("content", new Json.Obj(Map.of("parts", new Json.Array(List.of(part)))));
      request.put(
          "taskType",
          Json.of(
              switch (purpose) {
                case PASSAGE -> "RETRIEVAL_DOCUMENT";
                case QUERY -> "RETRIEVAL_QUERY";
              }));
      if (Known.isShortened(config)) {
        request.put("outputDimensionality", Json.of(config.dimension()));
      }
      return new Json.Obj(request);
    }

    @Override
    public List<Json> vectors(@Nullable Json response) {
      return Members.items(response, "embeddings").stream()
          .map(embedding -> (Json) new Json.Array(Members.items(embedding, "values")))
          .toList();
    }
  }

  /**
   * OpenAI's {@code POST /embeddings}, and Voyage's, which is the same but for what it calls a
   * text's purpose and a vector's length.
   *
   * @param voyage whether it is Voyage's
   * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI's reference</a>
   * @see <a href="https://docs.voyageai.com/reference/embeddings-api">Voyage's</a>
   */
  record Common(EmbeddingConfig config, boolean voyage) implements EmbeddingProtocol {
    @Override
    public Endpoint endpoint() {
      return Endpoint.of(Known.address(config), "/v1", "/embeddings");
    }

    @Override
    public HttpRequest request(Purpose purpose, List<String> texts) {
      var body = new LinkedHashMap<String, Json>();
      body.put("model", Json.of(Known.model(config)));
      body.put("input", new Json.Array(texts.stream().map(Members::sendable).toList()));
      if (voyage) {
        body.put(
            "input_type",
            Json.of(
                switch (purpose) {
                  case PASSAGE -> "document";
                  case QUERY -> "query";
                }));
        body.put("truncation", Json.of(true));
      }
      if (Known.isShortened(config)) {
        body.put(voyage ? "output_dimension" : "dimensions", Json.of(config.dimension()));
      }
      var request = post(endpoint(), new Json.Obj(body));
      if (!config.key().isEmpty()) {
        request.header("Authorization", "Bearer " + config.key().reveal());
      }
      return request.build();
    }

    /** In the order of their places, which the servers tell. */
    @Override
    public List<Json> vectors(@Nullable Json response) {
      var data = new ArrayList<>(Members.items(response, "data"));
      data.sort(Comparator.comparingLong(item -> Members.number(item, "index")));
      return data.stream()
          .map(item -> (Json) new Json.Array(Members.items(item, "embedding")))
          .toList();
    }
  }

  private static HttpRequest.Builder post(Endpoint endpoint, Json body) {
    return HttpRequest.newBuilder(endpoint.uri())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.canonical()));
  }
}
