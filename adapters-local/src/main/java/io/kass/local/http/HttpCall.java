package io.kass.local.http;

import io.kass.ports.CallScope;
import io.kass.ports.Cancellation;
import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, read as it comes, on the caller's thread and within the caller's
 * scope; the server may be silent for the time that is configured. Used by one thread. Closing it
 * closes the connection, unless the response was read whole.
 */
public final class HttpCall implements AutoCloseable {
  /** How many bytes of an error are read. */
  private static final int LONGEST_ERROR = 1 << 16;

  /** How long the end of a response is waited for, so that the connection can be used again. */
  private static final Duration FOR_THE_END = Duration.ofMillis(100);

  private static final int PIECES_AFTER_THE_END = 4;

  private final ServerErrors errors;
  private final CallScope scope;
  private final ByteStream stream = new ByteStream();
  private final CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent;
  private final Cancellation.Registration registration;

  HttpCall(HttpClient client, HttpRequest request, CallScope scope, ServerErrors errors) {
    this.errors = errors;
    this.scope = scope;
    this.sent = client.sendAsync(request, BodyHandlers.ofPublisher());
    this.registration = scope.cancellation().onCancel(this::stop);
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
    try {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
          Waiting.begin(scope, errors).await(sent);
      response.body().subscribe(stream);
      return new Head(response.statusCode(), response.headers());
    } catch (IOException e) {
      throw errors.connection(e);
    }
  }

  /** Takes a body piece by piece. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes the next bytes.
     *
     * @return whether no more are needed
     */
    boolean take(ByteBuffer bytes);
  }

  /**
   * Reads the body, to its end or until no more of it is needed.
   *
   * @throws KassException when the connection breaks, nothing comes, or the scope ends
   */
  public void read(Taker taker) {
    while (true) {
      switch (next()) {
        case ByteStream.Event.Bytes(ByteBuffer bytes) -> {
          boolean enough = taker.take(bytes);
          stream.more();
          if (enough) {
            awaitEnd();
            return;
          }
        }
        case ByteStream.Event.End() -> {
          return;
        }
        case ByteStream.Event.Failure(Throwable cause) -> throw errors.connection(cause);
        case ByteStream.Event.Cancelled() -> throw errors.closed();
      }
    }
  }

  private ByteStream.Event next() {
    Waiting waiting = Waiting.begin(scope, errors);
    try {
      ByteStream.Event event = stream.next(waiting.left());
      scope.cancellation().throwIfCancelled();
      if (event == null) {
        throw waiting.tooLate();
      }
      return event;
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }

  /** Nothing more is needed; reading the few bytes that are left leaves the connection usable. */
  private void awaitEnd() {
    try {
      for (int i = 0; i < PIECES_AFTER_THE_END; i++) {
        if (!(stream.next(FOR_THE_END) instanceof ByteStream.Event.Bytes)) {
          return;
        }
        stream.more();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What came with an error, or null when it is not JSON. Reads no more than makes sense. */
  public @Nullable Json errorBody() {
    var whole = new ByteArrayOutputStream();
    while (whole.size() < LONGEST_ERROR
        && next() instanceof ByteStream.Event.Bytes(ByteBuffer bytes)) {
      byte[] piece = new byte[bytes.remaining()];
      bytes.get(piece);
      whole.writeBytes(piece);
      stream.more();
    }
    try {
      return Json.parse(whole.toString(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
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
