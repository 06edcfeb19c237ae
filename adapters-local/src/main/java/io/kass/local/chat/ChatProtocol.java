package io.kass.local.chat;

import io.kass.local.http.Endpoint;
import io.kass.local.http.Framing;
import io.kass.local.http.LineReader;
import io.kass.local.http.SseReader;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** How a provider is asked, and what it answers. Immutable. */
sealed interface ChatProtocol {
  /** How many bytes a message of a stream, or a reply that is not streamed, may have. */
  int LONGEST = 16 << 20;

  /**
   * How many tokens a model that thinks may use for that besides its reply: it counts them as one,
   * thinks first, and would otherwise have none left to say anything.
   */
  int ROOM_FOR_THOUGHTS = 8_192;

  /** Where requests go. */
  Endpoint endpoint();

  /** The request for a streamed reply. */
  HttpRequest request(ChatRequest request);

  /** How the messages of a stream are told apart. */
  Framing framing();

  /** Puts a reply together. */
  Reply reply(ChatListener listener);

  /** What to speak after this refusal, or null when the refusal is not about how it was said. */
  @Nullable ChatProtocol after(@Nullable Json refusal);

  /** The protocol of the configured provider. */
  static ChatProtocol of(ChatConfig config) {
    return switch (config.provider()) {
      case OPENAI -> new OpenAi(config, Endpoint.of(config.url(), "/v1", OpenAi.PATH));
      case GROQ -> new OpenAi(config, Endpoint.of(address(config, OpenAi.GROQ), "", OpenAi.PATH));
      case GEMINI -> new Gemini(config);
      case OLLAMA -> new Ollama(config);
    };
  }

  private static URI address(ChatConfig config, String usual) {
    return config.url().toString().isEmpty() ? URI.create(usual) : config.url();
  }

  /**
   * OpenAI's {@code POST /chat/completions}, answered by server-sent events.
   *
   * @param dialect what the server understands of it
   * @see <a href="https://platform.openai.com/docs/api-reference/chat">its reference</a>
   * @see <a href="https://console.groq.com/docs/api-reference#chat-create">Groq's</a>
   */
  record OpenAi(ChatConfig config, Endpoint endpoint, OpenAiDialect dialect)
      implements ChatProtocol {
    private static final String PATH = "/chat/completions";
    private static final String GROQ = "https://api.groq.com/openai/v1";

    OpenAi(ChatConfig config, Endpoint endpoint) {
      this(config, endpoint, OpenAiDialect.USUAL);
    }

    @Override
    public HttpRequest request(ChatRequest request) {
      return post(endpoint, OpenAiRequests.body(config.model(), request, dialect), config)
          .header("Accept", "text/event-stream, application/json")
          .build();
    }

    @Override
    public Framing framing() {
      return new SseReader(LONGEST);
    }

    @Override
    public Reply reply(ChatListener listener) {
      return new OpenAiReply(listener);
    }

    @Override
    public @Nullable ChatProtocol after(@Nullable Json refusal) {
      OpenAiDialect learned = dialect.after(refusal);
      return learned == null ? null : new OpenAi(config, endpoint, learned);
    }
  }

  /**
   * The Gemini API's {@code models.streamGenerateContent}, answered by server-sent events.
   *
   * @see <a href="https://ai.google.dev/api/generate-content">its reference</a>
   */
  record Gemini(ChatConfig config) implements ChatProtocol {
    private static final String USUAL = "https://generativelanguage.googleapis.com/v1beta";

    private String model() {
      return Endpoint.geminiModel("chat", config.model());
    }

    @Override
    public Endpoint endpoint() {
      String path = "/models/" + model() + ":streamGenerateContent";
      return Endpoint.of(address(config, USUAL), "/v1beta", path).with("alt", "sse");
    }

    @Override
    public HttpRequest request(ChatRequest request) {
      HttpRequest.Builder post =
          HttpRequest.newBuilder(endpoint().uri())
              .header("Content-Type", "application/json")
              .header("Accept", "text/event-stream, application/json")
              .POST(HttpRequest.BodyPublishers.ofString(GeminiRequests.body(model(), request)));
      if (!config.key().isEmpty()) {
        post.header("x-goog-api-key", config.key().reveal());
      }
      return post.build();
    }

    @Override
    public Framing framing() {
      return new SseReader(LONGEST);
    }

    @Override
    public Reply reply(ChatListener listener) {
      return new GeminiReply(listener);
    }

    @Override
    public @Nullable ChatProtocol after(@Nullable Json refusal) {
      return null;
    }
  }

  /**
   * Ollama's {@code POST /api/chat}, answered by JSON values of a line each.
   *
   * @see <a href="https://docs.ollama.com/api/chat">its reference</a>
   */
  record Ollama(ChatConfig config) implements ChatProtocol {
    private static final String USUAL = "http://localhost:11434";

    /** Who used Ollama's other protocol may have left its path in the address. */
    @Override
    public Endpoint endpoint() {
      String url = address(config, USUAL).toString().replaceAll("/+(v1/*)?$", "");
      return Endpoint.of(URI.create(url), "", "/api/chat");
    }

    @Override
    public HttpRequest request(ChatRequest request) {
      return post(endpoint(), OllamaRequests.body(config.model(), request), config)
          .header("Accept", "application/x-ndjson, application/json")
          .build();
    }

    @Override
    public Framing framing() {
      return new LineReader(LONGEST);
    }

    @Override
    public Reply reply(ChatListener listener) {
      return new OllamaReply(listener);
    }

    @Override
    public @Nullable ChatProtocol after(@Nullable Json refusal) {
      return null;
    }
  }

  private static HttpRequest.Builder post(Endpoint endpoint, String body, ChatConfig config) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.uri())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!config.key().isEmpty()) {
      request.header("Authorization", "Bearer " + config.key().reveal());
    }
    return request;
  }
}
