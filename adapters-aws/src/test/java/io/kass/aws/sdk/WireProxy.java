package io.kass.aws.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Stands between the SDK and a service, and does to requests and answers what a test says. */
public final class WireProxy implements AutoCloseable {
  /** What the HTTP client sets by itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  /**
   * A request.
   *
   * @param operation the operation of a JSON service ({@code PutItem}), else method and path
   * @param number counts the requests of this operation, from 1
   * @param headers as they came
   * @param body as it came
   */
  public record Request(String operation, int number, Headers headers, String body) {}

  /** What becomes of a request. */
  public sealed interface Verdict {
    /** It goes through. */
    record Pass() implements Verdict {}

    /** It is answered here. */
    record Answer(int status, Map<String, String> headers, String body) implements Verdict {}

    /** It goes through, and the connection ends before the answer. */
    record LoseReply() implements Verdict {}

    /** The connection ends before it goes through. */
    record Cut() implements Verdict {}

    /** It is never answered. */
    record Stall() implements Verdict {}

    /** It goes through, and so many bytes of its answer come back before the connection ends. */
    record BreakOff(int bytes) implements Verdict {}

    /** The same, but the connection stays, and nothing more comes. */
    record StallAfter(int bytes) implements Verdict {}

    /** Another one goes through in its place, and its answer is changed. */
    record Replace(String body, UnaryOperator<String> answer) implements Verdict {}
  }

  /** Judges requests. Called by several threads. */
  @FunctionalInterface
  public interface Judge {
    Verdict judge(Request request);
  }

  public static final Verdict PASS = new Verdict.Pass();
  public static final Verdict LOSE_REPLY = new Verdict.LoseReply();
  public static final Verdict CUT = new Verdict.Cut();
  public static final Verdict STALL = new Verdict.Stall();

  private final URI target;
  private final Judge judge;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  public WireProxy(URI target, Judge judge) {
    this.target = target;
    this.judge = judge;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The answer of a JSON service that something is wrong. */
  public static Verdict error(int status, String code, String message) {
    return error(status, code, message, Map.of());
  }

  public static Verdict error(
      int status, String code, String message, Map<String, String> headers) {
    return new Verdict.Answer(
        status,
        headers,
        "{\"__type\": \"com.amazonaws#%s\", \"message\": \"%s\"}".formatted(code, message));
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The operations of all requests so far. */
  public List<String> operations() {
    return List.copyOf(operations);
  }

  /** Forgets the requests so far. */
  public void forget() {
    operations.clear();
  }

  /** Waits until a request stalls. */
  public void awaitStall() throws InterruptedException {
    stalled.await();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = request(exchange);
      switch (judge.judge(request)) {
        case Verdict.Pass() -> answer(exchange, forward(exchange, request.body()), text -> text);
        case Verdict.Replace(String body, UnaryOperator<String> change) ->
            answer(exchange, forward(exchange, body), change);
        case Verdict.Answer(int status, Map<String, String> headers, String body) -> {
          headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
          exchange
              .getResponseHeaders()
              .putIfAbsent("Content-Type", List.of("application/x-amz-json-1.0"));
          send(exchange, status, body.getBytes(UTF_8));
        }
        case Verdict.LoseReply() -> forward(exchange, request.body());
        case Verdict.Cut() -> {}
        case Verdict.BreakOff(int bytes) -> answerPart(exchange, request.body(), bytes);
        case Verdict.StallAfter(int bytes) -> {
          answerPart(exchange, request.body(), bytes);
          stalled.countDown();
          closed.await();
        }
        case Verdict.Stall() -> {
          stalled.countDown();
          closed.await();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Request request(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String json = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation =
        json == null
            ? exchange.getRequestMethod() + " " + exchange.getRequestURI()
            : json.substring(json.indexOf('.') + 1);
    synchronized (operations) {
      operations.add(operation);
      int number = (int) operations.stream().filter(operation::equals).count();
      return new Request(operation, number, exchange.getRequestHeaders(), body);
    }
  }

  private void answerPart(HttpExchange exchange, String body, int bytes)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = forward(exchange, body);
    copyHeaders(exchange, answer);
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body(), 0, Math.min(bytes, answer.body().length));
    exchange.getResponseBody().flush();
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void answer(
      HttpExchange exchange, HttpResponse<byte[]> answer, UnaryOperator<String> change)
      throws IOException {
    copyHeaders(exchange, answer);
    answer
        .headers()
        .firstValue("content-length")
        .filter(length -> exchange.getRequestMethod().equals("HEAD"))
        .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    byte[] body = change.apply(new String(answer.body(), UTF_8)).getBytes(UTF_8);
    send(exchange, answer.statusCode(), body);
  }

  private static void copyHeaders(HttpExchange exchange, HttpResponse<byte[]> answer) {
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          // The checksum would be that of the answer before its change.
          if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))
              && !name.equalsIgnoreCase("x-amz-crc32")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
    client.close();
  }
}
