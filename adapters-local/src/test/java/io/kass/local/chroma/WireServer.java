package io.kass.local.chroma;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers as a test says. */
final class WireServer implements AutoCloseable {
  /**
   * An answer.
   *
   * @param type its media type
   */
  record Answer(int status, String type, String body) {
    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }
  }

  /** Answers a request, which is its method, its path with its query, and its body. */
  @FunctionalInterface
  interface Handler {
    Answer answer(String method, String path, String body) throws Exception;
  }

  private final HttpServer server;
  private volatile String retryAfter = "7";
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  WireServer(Handler handler) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, handler));
    server.start();
  }

  private void answer(HttpExchange exchange, Handler handler) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().toString();
    requests.add(method + " " + path);
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Answer answer = handler.answer(method, path, body);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", answer.type());
      if (answer.status() == 429) {
        exchange.getResponseHeaders().add("Retry-After", retryAfter);
      }
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** What it says with a 429, in seconds; 7 unless said. */
  void retryAfter(String seconds) {
    retryAfter = seconds;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The first lines of all requests. */
  List<String> requests() {
    return requests;
  }

  /** Answers nothing until the server is closed. */
  Answer never() throws InterruptedException {
    closed.await();
    return Answer.json(503, "{}");
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
