package io.kass.local.openai;

import io.kass.local.http.HttpCall;
import io.kass.ports.CallScope;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.net.http.HttpClient;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind a server that speaks OpenAI's chat protocol. Closing it ends the requests
 * that run.
 */
final class OpenAiChatModel implements ChatModel, AutoCloseable {
  private final OpenAiConfig config;
  private final InstantSource clock;
  private final OpenAiErrors errors;
  private volatile OpenAiDialect dialect = OpenAiDialect.USUAL;
  private @Nullable HttpClient client;
  private boolean closed;

  /**
   * Opens no connection yet.
   *
   * @param config names a server and a model
   */
  OpenAiChatModel(OpenAiConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.errors = new OpenAiErrors(config, clock);
  }

  @Override
  public String id() {
    return config.model();
  }

  @Override
  public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
    scope.check(clock);
    OpenAiDialect spoken = dialect;
    while (true) {
      String body = OpenAiRequests.body(config.model(), request, spoken);
      var exchange = new OpenAiExchange(config, errors, clock, scope);
      switch (exchange.run(client(), body, listener)) {
        case OpenAiExchange.Replied(ChatReply reply) -> {
          return reply;
        }
        case OpenAiExchange.Refused refused -> {
          spoken = refused.learned(spoken); // ends: each refusal takes something away
          dialect = spoken;
        }
      }
    }
  }

  /** Made with the first request: it takes a tenth of a second that not every command needs. */
  private synchronized HttpClient client() {
    if (closed) {
      throw new Unavailable("The chat model has been closed.");
    }
    if (client == null) {
      client = HttpCall.client(config.connectTimeout());
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
