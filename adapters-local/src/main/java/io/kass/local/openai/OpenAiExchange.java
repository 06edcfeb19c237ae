package io.kass.local.openai;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request and its response, read on the caller's thread within the caller's scope. */
final class OpenAiExchange {
  /** How many bytes of an error are read. */
  private static final int LONGEST_ERROR = 1 << 16;

  /** How long the end of a response is waited for, so that the connection can be used again. */
  private static final Duration FOR_THE_END = Duration.ofMillis(100);

  private static final int PIECES_AFTER_THE_END = 4;

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;

  /** What came of it. */
  sealed interface Outcome {}

  /** A reply. */
  record Replied(ChatReply reply) implements Outcome {}

  /** The server does not understand a part of the request; say it in the learned dialect. */
  record Refused(Function<OpenAiDialect, @Nullable OpenAiDialect> lesson, KassException otherwise)
      implements Outcome {

    /** The dialect to try next. Throws what the refusal means when there is nothing to learn. */
    OpenAiDialect learned(OpenAiDialect spoken) {
      OpenAiDialect next = lesson.apply(spoken);
      if (next == null) {
        throw otherwise;
      }
      return next;
    }
  }

  private final OpenAiConfig config;
  private final OpenAiErrors errors;
  private final InstantSource clock;
  private final CallScope scope;
  private final ByteStream stream = new ByteStream();

  OpenAiExchange(OpenAiConfig config, OpenAiErrors errors, InstantSource clock, CallScope scope) {
    this.config = config;
    this.errors = errors;
    this.clock = clock;
    this.scope = scope;
  }

  Outcome run(HttpClient client, String body, ChatListener listener) {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
        client.sendAsync(request(body), BodyHandlers.ofPublisher());
    Runnable stop =
        () -> {
          sent.cancel(true);
          stream.cancel();
        };
    try (var registration = scope.cancellation().onCancel(stop)) {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = head(sent);
      response.body().subscribe(stream);
      boolean fine = response.statusCode() >= 200 && response.statusCode() < 300;
      return fine ? new Replied(reply(listener)) : refusal(response);
    } finally {
      stop.run(); // closes the connection, unless the response was read whole
    }
  }

  private HttpRequest request(String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.endpoint())
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream, application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!config.key().isEmpty()) {
      request.header("Authorization", "Bearer " + config.key().reveal());
    }
    return request.build();
  }

  private <T> T head(CompletableFuture<T> sent) {
    Duration left = scope.remaining(clock);
    try {
      return sent.get(shorter(left, config.idleTimeout()).toNanos(), TimeUnit.NANOSECONDS);
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

  /** The next event of the response's body. */
  private ByteStream.Event next() {
    scope.check(clock);
    Duration left = scope.remaining(clock);
    try {
      ByteStream.Event event = stream.next(shorter(left, config.idleTimeout()));
      scope.cancellation().throwIfCancelled();
      if (event == null) {
        throw tooLate(left);
      }
      return event;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private KassException tooLate(Duration left) {
    return left.compareTo(config.idleTimeout()) <= 0 ? OpenAiErrors.late() : errors.silent();
  }

  private static KassException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Cancelled("The thread that waited for the model was interrupted.", e);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private ChatReply reply(ChatListener listener) {
    var reader = new ReplyReader(errors, listener);
    while (true) {
      switch (next()) {
        case ByteStream.Event.Bytes(ByteBuffer bytes) -> {
          boolean complete = reader.read(bytes);
          stream.more();
          if (complete) {
            awaitEnd();
            return reader.end();
          }
        }
        case ByteStream.Event.End() -> {
          return reader.end();
        }
        case ByteStream.Event.Failure(Throwable cause) -> throw errors.connection(cause);
        case ByteStream.Event.Cancelled() -> throw new Cancelled("The call was cancelled.");
      }
    }
  }

  /** The reply is complete; reading the few bytes after it leaves the connection usable. */
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

  private Outcome refusal(HttpResponse<?> response) {
    int status = response.statusCode();
    Json body = errorBody();
    if (OpenAiErrors.exceedsWindow(body) || status == TOO_LARGE) {
      return new Replied(
          new ChatReply(
              new FromModel("", List.of()),
              new StopReason.ContextWindowExceeded(),
              TokenUsage.NONE));
    }
    KassException failure = errors.status(status, response.headers(), body);
    if (status == BAD_REQUEST || status == UNPROCESSABLE) {
      return new Refused(spoken -> spoken.after(body), failure);
    }
    throw failure;
  }

  /** What came with an error, or null when it is not JSON. */
  private @Nullable Json errorBody() {
    var whole = new ByteArrayOutputStream();
    while (whole.size() < LONGEST_ERROR
        && next() instanceof ByteStream.Event.Bytes(ByteBuffer bytes)) {
      while (bytes.hasRemaining()) {
        whole.write(bytes.get());
      }
      stream.more();
    }
    try {
      return Json.parse(whole.toString(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
