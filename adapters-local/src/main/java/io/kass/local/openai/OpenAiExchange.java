package io.kass.local.openai;

import io.kass.local.http.ByteStream;
import io.kass.local.http.HttpCall;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request and its response, read on the caller's thread within the caller's scope. */
final class OpenAiExchange {
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

  OpenAiExchange(OpenAiConfig config, OpenAiErrors errors, InstantSource clock, CallScope scope) {
    this.config = config;
    this.errors = errors;
    this.clock = clock;
    this.scope = scope;
  }

  Outcome run(HttpClient client, String body, ChatListener listener) {
    try (HttpCall call = HttpCall.send(client, request(body), scope, clock, errors.server())) {
      HttpCall.Head head = call.head();
      return head.isFine() ? new Replied(reply(call, listener)) : refusal(call, head);
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

  private ChatReply reply(HttpCall call, ChatListener listener) {
    var reader = new ReplyReader(errors, listener);
    while (true) {
      switch (call.next()) {
        case ByteStream.Event.Bytes(ByteBuffer bytes) -> {
          boolean complete = reader.read(bytes);
          call.stream().more();
          if (complete) {
            awaitEnd(call.stream());
            return reader.end();
          }
        }
        case ByteStream.Event.End() -> {
          return reader.end();
        }
        case ByteStream.Event.Failure(Throwable cause) -> throw errors.server().connection(cause);
        case ByteStream.Event.Cancelled() -> throw new Cancelled("The call was cancelled.");
      }
    }
  }

  /** The reply is complete; reading the few bytes after it leaves the connection usable. */
  private static void awaitEnd(ByteStream stream) {
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

  private Outcome refusal(HttpCall call, HttpCall.Head head) {
    int status = head.status();
    Json body = call.errorBody();
    if (OpenAiErrors.exceedsWindow(body) || status == TOO_LARGE) {
      return new Replied(
          new ChatReply(
              new FromModel("", List.of()),
              new StopReason.ContextWindowExceeded(),
              TokenUsage.NONE));
    }
    KassException failure = errors.status(status, head.headers(), body);
    if (status == BAD_REQUEST || status == UNPROCESSABLE) {
      return new Refused(spoken -> spoken.after(body), failure);
    }
    throw failure;
  }
}
