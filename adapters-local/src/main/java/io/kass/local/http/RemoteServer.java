package io.kass.local.http;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A server that is asked over HTTP. Opens no connection before the first request. Thread-safe.
 * Closing it ends the requests that run.
 */
public final class RemoteServer implements AutoCloseable {
  private final ServerErrors errors;
  private @Nullable HttpClient client;
  private boolean closed;

  /**
   * @param errors names the server, says how long it is waited for, and what is said when it fails
   */
  public RemoteServer(ServerErrors errors) {
    this.errors = errors;
  }

  /** What is said when it fails. */
  public ServerErrors errors() {
    return errors;
  }

  /**
   * Sends a request whose response is read as it comes.
   *
   * @throws KassException when the scope has ended, or the server is closed
   */
  public HttpCall open(CallScope scope, HttpRequest request) {
    scope.check(errors.clock());
    return new HttpCall(client(), request, scope, errors);
  }

  /**
   * Sends a request and waits for its whole answer, whatever its status, for the time that is
   * configured and no longer than the scope lasts. Where the connection breaks the request is sent
   * once more within the same time, since one that was kept open may have ended with a server that
   * is up again: so this is for requests that do no harm when they come twice.
   *
   * @param most how many bytes an answer may have
   * @throws KassException when none comes, it is longer, or the scope ends
   */
  public HttpAnswer ask(CallScope scope, HttpRequest request, int most) {
    scope.check(errors.clock());
    HttpClient sending = client();
    Waiting waiting = Waiting.begin(scope, errors); // the client's making is not the server's time
    try {
      return answer(sending, scope, request, most, waiting);
    } catch (IOException e) {
      try {
        return answer(sending, scope, request, most, waiting);
      } catch (IOException again) {
        throw errors.connection(again);
      }
    }
  }

  private HttpAnswer answer(
      HttpClient sending, CallScope scope, HttpRequest request, int most, Waiting waiting)
      throws IOException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        sending.sendAsync(request, head -> new WholeBody(most));
    try (var registration = scope.cancellation().onCancel(() -> sent.cancel(true))) {
      HttpResponse<byte[]> response = waiting.await(sent);
      return new HttpAnswer(response.statusCode(), response.headers(), response.body());
    } finally {
      sent.cancel(true); // closes the connection, unless the answer was read whole
    }
  }

  /** Made with the first request: it takes a tenth of a second that not every command needs. */
  private synchronized HttpClient client() {
    if (closed) {
      throw new Unavailable(errors.where() + " has been closed here.");
    }
    if (client == null) {
      client =
          HttpClient.newBuilder()
              // Offered an upgrade to HTTP/2 without TLS, some servers lose the request's body.
              .version(HttpClient.Version.HTTP_1_1)
              // A redirect would carry the key elsewhere.
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(errors.connectTimeout())
              .build();
    }
    return client;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
    }
  }
}
