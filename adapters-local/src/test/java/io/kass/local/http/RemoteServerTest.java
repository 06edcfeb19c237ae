package io.kass.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a socket that does what a test says with each request. */
@Timeout(60)
class RemoteServerTest {
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private final ServerSocket listening;

  RemoteServerTest() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  /** What is done with the request of this number, from 1. */
  @FunctionalInterface
  private interface Script {
    void run(int number, Socket socket) throws IOException;
  }

  private RemoteServer server(Duration timeout, Script script) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket socket = listening.accept();
              Thread.ofVirtual().start(() -> serve(socket, script));
            }
          } catch (IOException e) {
            // closed
          }
        });
    return new RemoteServer(
        new ServerErrors(
            "The server", "Set it.", Secret.NONE, timeout, timeout, InstantSource.system()));
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      while (true) {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        if (line == null) {
          hungUp.countDown();
          return;
        }
        int number = requests.incrementAndGet();
        asked.countDown();
        script.run(number, socket);
      }
    } catch (IOException e) {
      hungUp.countDown();
    }
  }

  private static void respond(Socket socket, String body) throws IOException {
    String response =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    socket.getOutputStream().write(response.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Not a GET: those the client sends again by itself. */
  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/"))
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private HttpAnswer ask(RemoteServer server, CallScope scope) {
    return server.ask(scope, request(), 1_000);
  }

  /** Unless the machine is so busy that the request did not even come. */
  private void assertHungUp() throws InterruptedException {
    assertThat(requests.get() == 0 || hungUp.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givesTheWholeAnswer() {
    try (RemoteServer server = server(Duration.ofSeconds(20), (n, s) -> respond(s, "{\"a\":1}"))) {
      HttpAnswer answer = ask(server, TestScopes.scope());

      assertThat(answer.isFine()).isTrue();
      assertThat(answer.isJson()).isTrue();
      assertThat(answer.isHtml()).isFalse();
      assertThat(answer.json()).isEqualTo(Json.parse("{\"a\":1}"));
    }
  }

  @Test
  void asksOnceMoreWhenAConnectionBreaks() {
    Script script =
        (number, socket) -> {
          if (number == 1) {
            socket.close();
          } else {
            respond(socket, "{}");
          }
        };
    try (RemoteServer server = server(Duration.ofSeconds(20), script)) {
      assertThat(ask(server, TestScopes.scope()).isFine()).isTrue();
    }
  }

  @Test
  void saysWhenConnectionsKeepBreaking() {
    try (RemoteServer server = server(Duration.ofSeconds(20), (n, s) -> s.close())) {
      assertThatThrownBy(() -> ask(server, TestScopes.scope()))
          .isInstanceOf(Unavailable.class)
          .hasMessageStartingWith("The server broke off");
    }
  }

  @Test
  void readsNoAnswerThatIsTooLong() {
    try (RemoteServer server =
        server(Duration.ofSeconds(20), (n, s) -> respond(s, "x".repeat(1_001)))) {
      assertThatThrownBy(() -> ask(server, TestScopes.scope()))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("more than 1000 bytes")
          .hasMessageEndingWith("Set it.");
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void waitsNoLongerThanIsConfigured() throws InterruptedException {
    try (RemoteServer server = server(Duration.ofMillis(300), (n, s) -> {})) {
      assertThatThrownBy(() -> ask(server, TestScopes.scope()))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("300 ms");
      assertHungUp();
    }
  }

  @Test
  void waitsNoLongerThanItsCallerHasTime() throws InterruptedException {
    try (RemoteServer server = server(Duration.ofSeconds(20), (n, s) -> {})) {
      assertThatThrownBy(
              () -> ask(server, TestScopes.scope(InstantSource.system(), Duration.ofMillis(300))))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("time allowed");
      assertHungUp();
    }
  }

  @Test
  void hangsUpWhenItIsCancelled() throws InterruptedException {
    try (RemoteServer server = server(Duration.ofSeconds(20), (n, s) -> {})) {
      CallScope scope = TestScopes.scope();
      Thread canceller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  asked.await();
                  scope.cancellation().cancel();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });

      assertThatThrownBy(() -> ask(server, scope)).isInstanceOf(Cancelled.class);
      assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
      canceller.join();
    }
  }

  @Test
  void asksNothingWhenTheScopeHasEnded() {
    try (RemoteServer server = server(Duration.ofSeconds(20), (n, s) -> respond(s, "{}"))) {
      assertThatThrownBy(() -> ask(server, TestScopes.cancelled())).isInstanceOf(Cancelled.class);
      assertThatThrownBy(() -> ask(server, TestScopes.expired())).isInstanceOf(Unavailable.class);
      assertThat(requests).hasValue(0);
    }
  }

  @Test
  void asksNothingWhenItIsClosed() {
    RemoteServer server = server(Duration.ofSeconds(20), (n, s) -> respond(s, "{}"));
    server.close();

    assertThatThrownBy(() -> ask(server, TestScopes.scope()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
  }
}
