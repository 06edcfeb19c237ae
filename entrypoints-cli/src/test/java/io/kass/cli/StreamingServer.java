package io.kass.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A language model at the wire: it streams the replies that a test wrote, one after the other. */
final class StreamingServer implements AutoCloseable {
  /**
   * A reply.
   *
   * @param whole whether it ends; else it stops in the middle until the test is over
   * @param pieces what is sent, an event each
   */
  private record Reply(boolean whole, List<String> pieces) {}

  private final HttpServer server;
  private final Queue<Reply> replies = new ArrayDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  StreamingServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          requests.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            send(next(), body);
          }
        });
    server.start();
  }

  /** The next reply that has none yet is this one. */
  StreamingServer say(String... pieces) {
    return add(new Reply(true, List.of(pieces)));
  }

  /** The same, but it never ends. */
  StreamingServer begin(String... pieces) {
    return add(new Reply(false, List.of(pieces)));
  }

  private synchronized StreamingServer add(Reply reply) {
    replies.add(reply);
    return this;
  }

  private synchronized Reply next() {
    Reply reply = replies.poll();
    return reply == null ? new Reply(true, List.of("Nothing was to be asked.")) : reply;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The bodies of all requests. */
  List<String> requests() {
    return requests;
  }

  private void send(Reply reply, OutputStream body) throws IOException {
    for (String piece : reply.pieces()) {
      event(body, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + piece + "\"}}]}");
    }
    if (!reply.whole()) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    event(body, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    event(body, "[DONE]");
  }

  private static void event(OutputStream body, String data) throws IOException {
    body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    body.flush();
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }
}
