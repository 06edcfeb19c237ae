package io.kass.local.http;

import io.kass.ports.CallScope;
import io.kass.ports.Cancellation;
import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, read on the caller's thread within the caller's scope. Used by one
 * thread. Closing it closes the connection, unless the response was read whole.
 */
public final class HttpCall implements AutoCloseable {
  /** How many bytes of an error are read. */
  private static final int LONGEST_ERROR = 1 << 16;

  private final ServerErrors errors;
  private final InstantSource clock;
  private final CallScope scope;
  private final ByteStream stream = new ByteStream();
  private final CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent;
  private final Cancellation.Registration registration;

  private HttpCall(
      HttpClient client,
      HttpRequest request,
      CallScope scope,
      InstantSource clock,
      ServerErrors errors) {
    this.errors = errors;
    this.clock = clock;
    this.scope = scope;
    this.sent = client.sendAsync(request, BodyHandlers.ofPublisher());
    this.registration = scope.cancellation().onCancel(this::stop);
  }

  /** A client as all of them need it. Making it takes a tenth of a second. */
  public static HttpClient client(Duration connectTimeout) {
    return HttpClient.newBuilder()
        // Some servers lose the request when they are offered HTTP/2 without TLS.
        .version(HttpClient.Version.HTTP_1_1)
        // A redirect would carry the key elsewhere.
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .build();
  }

  /** Sends a request. */
  public static HttpCall send(
      HttpClient client,
      HttpRequest request,
      CallScope scope,
      InstantSource clock,
      ServerErrors errors) {
    return new HttpCall(client, request, scope, clock, errors);
  }

  /** The head of a response. */
  public record Head(int status, HttpHeaders headers) {
    /** Whether the server did what it was asked. */
    public boolean isFine() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Waits for the response to begin.
   *
   * @throws KassException when it does not, or the scope ends
   */
  public Head head() {
    Duration left = scope.remaining(clock);
    try {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
          sent.get(shorter(left, errors.idleTimeout()).toNanos(), TimeUnit.NANOSECONDS);
      response.body().subscribe(stream);
      return new Head(response.statusCode(), response.headers());
    } catch (CancellationException e) {
      throw new Cancelled("The call was cancelled.", e);
    } catch (TimeoutException e) {
      throw tooLate(left);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      scope.cancellation().throwIfCancelled();
      throw errors.connection(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * The next event of the response's body.
   *
   * @throws KassException when none comes, or the scope ends
   */
  public ByteStream.Event next() {
    scope.check(clock);
    Duration left = scope.remaining(clock);
    try {
      ByteStream.Event event = stream.next(shorter(left, errors.idleTimeout()));
      scope.cancellation().throwIfCancelled();
      if (event == null) {
        throw tooLate(left);
      }
      return event;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The body, for reading it piece by piece. */
  public ByteStream stream() {
    return stream;
  }

  /**
   * The whole body.
   *
   * @param most how many bytes are enough; a few more may come
   * @throws KassException when the connection breaks before its end, or the scope ends
   */
  public byte[] body(int most) {
    var whole = new ByteArrayOutputStream();
    while (whole.size() < most) {
      switch (next()) {
        case ByteStream.Event.Bytes(ByteBuffer bytes) -> take(bytes, whole);
        case ByteStream.Event.End() -> {
          return whole.toByteArray();
        }
        case ByteStream.Event.Failure(Throwable cause) -> throw errors.connection(cause);
        case ByteStream.Event.Cancelled() -> throw new Cancelled("The call was cancelled.");
      }
    }
    return whole.toByteArray();
  }

  /** What came with an error, or null when it is not JSON. */
  public @Nullable Json errorBody() {
    var whole = new ByteArrayOutputStream();
    while (whole.size() < LONGEST_ERROR
        && next() instanceof ByteStream.Event.Bytes(ByteBuffer bytes)) {
      take(bytes, whole);
    }
    try {
      return Json.parse(whole.toString(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void take(ByteBuffer bytes, ByteArrayOutputStream whole) {
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    whole.writeBytes(piece);
    stream.more();
  }

  private KassException tooLate(Duration left) {
    return left.compareTo(errors.idleTimeout()) <= 0 ? ServerErrors.late() : errors.silent();
  }

  private static KassException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Cancelled("The thread that waited for the model was interrupted.", e);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private void stop() {
    sent.cancel(true);
    stream.cancel();
  }

  @Override
  public void close() {
    registration.close();
    stop();
  }
}
