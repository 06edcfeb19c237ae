package io.kass.local.chroma;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and waits for its answer, within the caller's scope and the configured time.
 * Thread-safe. Closing it ends the requests that run.
 */
final class ChromaHttp implements AutoCloseable {
  private final ChromaConfig config;
  private final InstantSource clock;
  private final ChromaErrors errors;
  private @Nullable HttpClient client;
  private boolean closed;

  ChromaHttp(ChromaConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.errors = new ChromaErrors(config);
  }

  ChromaErrors errors() {
    return errors;
  }

  ChromaAnswer get(CallScope scope, String path) {
    return send(scope, request(path).GET().build());
  }

  ChromaAnswer post(CallScope scope, String path, byte[] body) {
    return send(
        scope,
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(config.address() + path))
        .header("Accept", "application/json");
  }

  private ChromaAnswer send(CallScope scope, HttpRequest request) {
    scope.check(clock);
    Duration left = scope.remaining(clock);
    long end = System.nanoTime() + shorter(left, config.timeout()).toNanos();
    try {
      return answer(scope, request, end);
    } catch (IOException e) {
      // A connection that was kept open may have ended with the server that is up again. Each of
      // our requests says the whole of what it wants: sending it twice does no harm.
      try {
        return answer(scope, request, end);
      } catch (IOException again) {
        throw errors.connection(again);
      } catch (TimeoutException late) {
        throw tooLate(left);
      }
    } catch (TimeoutException e) {
      throw tooLate(left);
    }
  }

  private ChromaAnswer answer(CallScope scope, HttpRequest request, long end)
      throws IOException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client().sendAsync(request, BodyHandlers.ofByteArray());
    try (var registration = scope.cancellation().onCancel(() -> sent.cancel(true))) {
      HttpResponse<byte[]> response = sent.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return new ChromaAnswer(
          response.statusCode(),
          response.headers().firstValue("content-type").orElse(""),
          response.headers().firstValue("retry-after").orElse(""),
          response.body());
    } catch (CancellationException e) {
      throw new Cancelled("The call was cancelled.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("The thread that waited for Chroma was interrupted.", e);
    } catch (ExecutionException e) {
      scope.cancellation().throwIfCancelled();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof IOException broken
          && !(cause instanceof ConnectException)
          && !(cause instanceof HttpConnectTimeoutException)) {
        throw broken;
      }
      throw errors.connection(cause);
    } finally {
      sent.cancel(true); // closes the connection, unless the answer was read whole
    }
  }

  private Unavailable tooLate(Duration left) {
    return left.compareTo(config.timeout()) <= 0
        ? new Unavailable("The time allowed for this request has passed.")
        : errors.silent();
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Made with the first request: it takes a tenth of a second that not every command needs. */
  private synchronized HttpClient client() {
    if (closed) {
      throw new Unavailable("The Chroma index has been closed.");
    }
    if (client == null) {
      client =
          HttpClient.newBuilder()
              // Offered an upgrade to HTTP/2, some Python servers lose the request's body.
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(config.connectTimeout())
              .build();
    }
    return client;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
    }
  }
}
