package io.kass.local.chat;

import io.kass.local.http.HttpCall;
import io.kass.local.http.ModelErrors;
import io.kass.local.http.RemoteServer;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A language model behind a server. Closing it ends the requests that run. */
final class HttpChatModel implements ChatModel, AutoCloseable {
  private final String model;
  private final ChatErrors errors;
  private final RemoteServer server;
  private volatile ChatProtocol protocol;

  /**
   * Opens no connection yet.
   *
   * @param config names a server and a model
   */
  HttpChatModel(ChatConfig config, InstantSource clock) {
    this.model = config.model();
    this.protocol = ChatProtocol.of(config);
    this.errors = new ChatErrors(config, protocol.endpoint(), clock);
    this.server = new RemoteServer(errors.model().server());
  }

  @Override
  public String id() {
    return model;
  }

  @Override
  public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
    ChatProtocol spoken = protocol;
    while (true) {
      switch (ask(scope, spoken, request, listener)) {
        case Outcome.Replied(ChatReply reply) -> {
          return reply;
        }
        case Outcome.Refused refused -> {
          ChatProtocol learned = spoken.after(refused.body());
          if (learned == null) {
            throw refused.failure();
          }
          spoken = learned; // ends: each refusal takes something away
          protocol = learned;
        }
      }
    }
  }

  /** What came of a request. */
  private sealed interface Outcome {
    /** A reply. */
    record Replied(ChatReply reply) implements Outcome {}

    /** The server finds fault with the request, perhaps with how it is said. */
    record Refused(@Nullable Json body, KassException failure) implements Outcome {}
  }

  private Outcome ask(
      CallScope scope, ChatProtocol spoken, ChatRequest request, ChatListener listener) {
    try (HttpCall call = server.open(scope, spoken.request(request))) {
      HttpCall.Head head = call.head();
      if (head.isFine()) {
        var reader = new ReplyReader(spoken, errors, listener);
        call.read(reader::read);
        return new Outcome.Replied(reader.end());
      }
      return refusal(head, call.errorBody());
    }
  }

  private Outcome refusal(HttpCall.Head head, @Nullable Json body) {
    int status = head.status();
    KassException failure = errors.model().status(status, head.headers(), body);
    if (!ModelErrors.isAboutContent(status, body)) {
      throw failure;
    }
    StopReason stop = ChatErrors.stopReason(status, body);
    return stop == null ? new Outcome.Refused(body, failure) : new Outcome.Replied(empty(stop));
  }

  /** A reply in which nothing is said. */
  static ChatReply empty(StopReason stop) {
    return new ChatReply(new FromModel("", List.of()), stop, TokenUsage.NONE);
  }

  @Override
  public void close() {
    server.close();
  }
}
