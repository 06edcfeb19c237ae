package io.kass.local.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server of a provider's embeddings protocol: checks that each request is what the provider's
 * reference asks for, and answers it as that says, with vectors that are three long.
 */
final class FakeEmbeddingServer implements AutoCloseable {
  static final String KEY = "key-0123456789";

  /** The text that the server refuses. */
  static final String POISON = "poison";

  private static final int GEMINI_BATCH = 100;
  private static final int VOYAGE_BATCH = 128;
  private static final int OPENAI_TOKENS = 8_191;

  /** An answer in the place of vectors. */
  record Failure(int status, String body, Map<String, String> headers) {
    static Failure of(int status, String message) {
      return new Failure(status, "{\"error\": {\"message\": \"" + message + "\"}}", Map.of());
    }
  }

  private final EmbeddingConfig.Provider provider;
  private final EmbeddingModel vectors;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Queue<Json> requests = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;

  FakeEmbeddingServer(EmbeddingConfig.Provider provider, int dimension) {
    this.provider = provider;
    this.vectors = HashingEmbeddingModel.ofDimension(dimension);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** How a model of this server is configured. */
  EmbeddingConfig config(String model) {
    return new EmbeddingConfig(
        provider,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
        model,
        new Secret(KEY),
        0,
        0,
        Duration.ofSeconds(20),
        Duration.ofSeconds(60));
  }

  /** Answers the next request so. */
  void fail(Failure failure) {
    failures.add(failure);
  }

  /** Answers nothing from now on. */
  void fallSilent() {
    silent = true;
  }

  /** Waits for the first request. */
  void awaitRequest() throws InterruptedException {
    asked.await();
  }

  /** What was asked, but for what was answered by a failure. */
  Queue<Json> requests() {
    return requests;
  }

  /** What was wrong with the requests. */
  List<String> violations() {
    return violations;
  }

  /** How many texts each request had that was answered. */
  List<Integer> batches() {
    return batches;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.countDown();
    Failure failure = failures.poll();
    if (silent) {
      return;
    }
    if (failure != null) {
      respond(exchange, failure);
      return;
    }
    try {
      Json request = Json.parse(body);
      requests.add(request);
      respond(
          exchange,
          provider == EmbeddingConfig.Provider.GEMINI
              ? gemini(exchange, request)
              : common(exchange, request));
    } catch (RuntimeException e) {
      violations.add("the server failed: " + e);
      respond(exchange, Failure.of(500, "see the violations"));
    }
  }

  private static void respond(HttpExchange exchange, Failure answer) throws IOException {
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** As https://ai.google.dev/api/embeddings says of batchEmbedContents. */
  private Failure gemini(HttpExchange exchange, Json request) {
    require(
        exchange
            .getRequestURI()
            .toString()
            .equals("/v1/models/gemini-embedding-001:batchEmbedContents"),
        "asks the model's batchEmbedContents");
    require(KEY.equals(exchange.getRequestHeaders().getFirst("x-goog-api-key")), "has the key");
    List<Json> requests = Members.items(request, "requests");
    require(!requests.isEmpty() && requests.size() <= GEMINI_BATCH, "has 1 to 100 requests");
    var texts = new ArrayList<String>();
    for (Json one : requests) {
      require(Members.text(one, "model").equals("models/gemini-embedding-001"), "names the model");
      require(
          Set.of("RETRIEVAL_DOCUMENT", "RETRIEVAL_QUERY").contains(Members.text(one, "taskType")),
          "tells the task");
      List<Json> parts = Members.items(one, "content", "parts");
      require(parts.size() == 1, "has one part");
      texts.add(Members.text(parts.getFirst(), "text"));
    }
    batches.add(texts.size());
    List<Json> embeddings =
        embed(texts).stream().map(values -> (Json) new Json.Obj(Map.of("values", values))).toList();
    return fine(new Json.Obj(Map.of("embeddings", new Json.Array(embeddings))));
  }

  /** As the references of OpenAI and Voyage say of /embeddings; the last one comes first. */
  private Failure common(HttpExchange exchange, Json request) {
    require(exchange.getRequestURI().toString().equals("/v1/embeddings"), "asks for embeddings");
    require(
        ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization")),
        "has the key");
    List<Json> input = Members.items(request, "input");
    if (provider == EmbeddingConfig.Provider.VOYAGE) {
      require(input.size() <= VOYAGE_BATCH, "has at most 128 texts");
      require(
          Set.of("query", "document").contains(Members.text(request, "input_type")),
          "tells the purpose");
    } else {
      require(
          Set.of("model", "input", "dimensions")
              .containsAll(((Json.Obj) request).members().keySet()),
          "has no more than the protocol's members");
    }
    require(!Members.text(request, "model").isEmpty(), "names the model");
    if (input.stream().anyMatch(text -> text.equals(Json.of(POISON)))) {
      return Failure.of(400, "This text is not liked.");
    }
    List<String> texts = input.stream().map(text -> ((Json.Text) text).value()).toList();
    require(!texts.isEmpty() && texts.stream().noneMatch(String::isEmpty), "has texts");
    if (provider == EmbeddingConfig.Provider.OPENAI
        && texts.stream().anyMatch(FakeEmbeddingServer::isTooLong)) {
      return Failure.of(400, "This model's maximum context length is 8192 tokens");
    }
    batches.add(texts.size());
    List<Json> values = embed(texts);
    var data = new ArrayList<Json>();
    for (int i = 0; i < values.size(); i++) {
      data.add(new Json.Obj(Map.of("index", Json.of(i), "embedding", values.get(i))));
    }
    Collections.reverse(data);
    return fine(new Json.Obj(Map.of("data", new Json.Array(data))));
  }

  private static boolean isTooLong(String text) {
    return text.split(" ", -1).length > OPENAI_TOKENS || text.length() > 4 * OPENAI_TOKENS + 10_000;
  }

  private static Failure fine(Json body) {
    return new Failure(200, body.canonical(), Map.of());
  }

  private List<Json> embed(List<String> texts) {
    return vectors.embed(TestScopes.scope(), Purpose.PASSAGE, texts).stream()
        .map(FakeEmbeddingServer::threeLong)
        .toList();
  }

  private static Json threeLong(Vector vector) {
    var values = new ArrayList<Json>();
    for (float value : vector.toArray()) {
      values.add(value == 0 ? Json.of(0) : Json.of(3.0 * value));
    }
    return new Json.Array(values);
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      violations.add(rule);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
