package io.kass.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.FromUser;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.chat.ChatMessage.ToolResults;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatModelContract;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import io.kass.ports.tool.ToolSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks the protocol at the wire. */
class OpenAiChatModelTest extends ChatModelContract {
  private static final String KEY = "sk-canary-0123456789";
  private static final ChatRequest REQUEST =
      new ChatRequest("", List.of(new FromUser("Who are you?")), List.of(), 100, 0);

  private final List<FakeChatServer> servers = new ArrayList<>();
  private final List<HttpChatModel> models = new ArrayList<>();

  @AfterEach
  void close() {
    models.forEach(HttpChatModel::close);
    servers.forEach(FakeChatServer::close);
    assertThat(servers).allSatisfy(server -> assertThat(server.violations()).isEmpty());
  }

  private FakeChatServer server(FakeChatServer.Handler handler) {
    var server = new FakeChatServer(handler);
    servers.add(server);
    return server;
  }

  private HttpChatModel model(URI url, Duration idleTimeout) {
    var model =
        new HttpChatModel(
            new ChatConfig(
                ChatConfig.Provider.OPENAI,
                url,
                "a-model",
                new Secret(KEY),
                Duration.ofSeconds(10),
                idleTimeout),
            InstantSource.system());
    models.add(model);
    return model;
  }

  private HttpChatModel model(FakeChatServer.Handler handler) {
    return model(server(handler).url(), Duration.ofSeconds(30));
  }

  @Override
  protected ChatModel replying(ChatReply reply) {
    return model(exchange -> {
      exchange.begin();
      exchange.send(Chunks.of(reply), 37); // cuts lines, and characters of several bytes
      exchange.end();
    });
  }

  @Override
  protected ChatModel hangingAfter(String text) {
    return model(exchange -> {
      exchange.begin();
      exchange.send(Chunks.text(text));
      exchange.hang();
    });
  }

  @Override
  protected ChatModel throttled(Duration retryAfter) {
    return model(exchange ->
        exchange.respond(
            429,
            "application/json",
            "{\"error\": {\"message\": \"slow down\"}}",
            "Retry-After: " + retryAfter.toSeconds()));
  }

  @Override
  protected ChatModel unreachable() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return model(URI.create("http://127.0.0.1:" + socket.getLocalPort()), Duration.ofSeconds(30));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected ChatModel refused() {
    return model(exchange ->
        exchange.respond(
            401,
            "application/json",
            "{\"error\": {\"message\": \"Incorrect API key provided: " + KEY + "\"}}"));
  }

  @Test
  void sendsWhatTheProtocolAsksFor() {
    FakeChatServer server = server(exchange -> exchange.stream(Chunks.of(saying("Yes."))));
    var tool =
        new ToolSpec(
            "search",
            "Finds \"documents\".",
            new Json.Obj(Map.of("type", Json.of("object"))),
            ToolSpec.Effect.READS);
    var request =
        new ChatRequest(
            "You are brief.",
            List.of(
                new FromUser("Who? \ud83d\ude00"),
                new FromModel("", List.of(CALL)),
                new ToolResults(List.of(new ToolResult(CALL.id(), false, "no such index"))),
                new FromModel("I do not know.", List.of()),
                new FromUser("And what?")),
            List.of(tool),
            321,
            0.25);

    model(server.url(), Duration.ofSeconds(30)).chat(TestScopes.scope(), request, piece -> {});

    FakeChatServer.Request sent = server.requests().getFirst();
    assertThat(sent.head()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
    assertThat(sent.headers())
        .containsEntry("authorization", "Bearer " + KEY)
        .containsEntry("content-type", "application/json");
    assertThat(Json.parse(sent.body()))
        .isEqualTo(
            Json.parse(
                """
                {"model": "a-model", "stream": true, "stream_options": {"include_usage": true},
                 "max_tokens": 321, "temperature": 0.25,
                 "messages": [
                  {"role": "system", "content": "You are brief."},
                  {"role": "user", "content": "Who? 😀"},
                  {"role": "assistant", "content": "", "tool_calls": [
                   {"id": "call_1", "type": "function", "function": {"name": "search",
                    "arguments": "{\\"exact\\":true,\\"limit\\":3,\\"query\\":\\"日本 \\\\\\"x\\\\\\"\\\\n\\"}"}}]},
                  {"role": "tool", "tool_call_id": "call_1", "content": "Error: no such index"},
                  {"role": "assistant", "content": "I do not know."},
                  {"role": "user", "content": "And what?"}],
                 "tools": [{"type": "function", "function": {"name": "search",
                  "description": "Finds \\"documents\\".", "parameters": {"type": "object"}}}]}
                """));
  }

  @Test
  void sendsNoKeyWhereThereIsNone() {
    FakeChatServer server = server(exchange -> exchange.stream(Chunks.of(saying("Yes."))));
    var config =
        new ChatConfig(
            ChatConfig.Provider.OPENAI,
            server.url(),
            "a-model",
            Secret.NONE,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
    try (var model = new HttpChatModel(config, InstantSource.system())) {
      model.chat(TestScopes.scope(), REQUEST, piece -> {});
    }

    assertThat(server.requests().getFirst().headers()).doesNotContainKey("authorization");
  }

  @Test
  void sendsLoneSurrogatesAsQuestionMarks() {
    FakeChatServer server = server(exchange -> exchange.stream(Chunks.of(saying("Yes."))));
    var request = new ChatRequest("", List.of(new FromUser("a \ud83d b\u0000")), List.of(), 100, 0);

    model(server.url(), Duration.ofSeconds(30)).chat(TestScopes.scope(), request, piece -> {});

    assertThat(server.requests().getFirst().body()).contains("a ? b\\u0000");
  }

  @Test
  void usesTheConnectionAgain() {
    FakeChatServer server = server(exchange -> exchange.stream(Chunks.of(saying("Yes."))));
    HttpChatModel model = model(server.url(), Duration.ofSeconds(30));
    for (int i = 0; i < 3; i++) {
      model.chat(TestScopes.scope(), REQUEST, piece -> {});
    }

    assertThat(server.requests()).hasSize(3);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void returnsAReplyAlthoughTheServerLeavesTheConnectionOpen() {
    ChatModel model =
        model(exchange -> {
          exchange.begin();
          exchange.send(Chunks.of(saying("Yes.")));
          exchange.hang();
        });

    assertThat(model.chat(TestScopes.scope(), REQUEST, piece -> {})).isEqualTo(saying("Yes."));
  }

  @Test
  void takesAReplyThatIsNotStreamed() {
    var pieces = new ArrayList<String>();
    ChatModel model =
        model(exchange ->
            exchange.respond(
                200,
                "application/json",
                """
                {"choices": [{"index": 0, "finish_reason": "stop",
                  "message": {"role": "assistant", "content": "Yes."}}],
                 "usage": {"prompt_tokens": 12, "completion_tokens": 2}}
                """));

    assertThat(model.chat(TestScopes.scope(), REQUEST, pieces::add))
        .isEqualTo(
            new ChatReply(
                new FromModel("Yes.", List.of()),
                new StopReason.EndTurn(),
                new TokenUsage(0, 12, 2)));
    assertThat(pieces).containsExactly("Yes.");
  }

  @Test
  void learnsWhatAServerDoesNotUnderstand() {
    FakeChatServer server =
        server(exchange -> {
          String body = exchange.request().body();
          if (body.contains("\"max_tokens\"")) {
            exchange.respond(400, "application/json", unsupported("max_tokens"));
          } else if (body.contains("\"temperature\"")) {
            exchange.respond(400, "application/json", unsupported("temperature"));
          } else if (body.contains("\"stream_options\"")) {
            exchange.respond(422, "application/json", unsupported("stream_options"));
          } else {
            exchange.stream(Chunks.of(saying("Yes.")));
          }
        });
    HttpChatModel model = model(server.url(), Duration.ofSeconds(30));

    assertThat(model.chat(TestScopes.scope(), REQUEST, piece -> {})).isEqualTo(saying("Yes."));
    assertThat(server.requests()).hasSize(4);
    assertThat(server.requests().getLast().body()).contains("\"max_completion_tokens\":100");
    assertThat(model.chat(TestScopes.scope(), REQUEST, piece -> {})).isEqualTo(saying("Yes."));
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void givesUpWhenAServerUnderstandsNothing() {
    FakeChatServer server =
        server(exchange -> exchange.respond(400, "application/json", unsupported("max_tokens")));

    assertThatThrownBy(() ->
            model(server.url(), Duration.ofSeconds(30))
                .chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("Unsupported parameter");
    assertThat(server.requests()).hasSize(2);
  }

  private static String unsupported(String parameter) {
    return "{\"error\": {\"message\": \"Unsupported parameter: '%s'\", \"param\": \"%s\"}}"
        .formatted(parameter, parameter);
  }

  @Test
  void hangsUpWhenCancelled() throws InterruptedException {
    FakeChatServer server =
        server(exchange -> {
          exchange.begin();
          exchange.send(Chunks.text("Once"));
          exchange.hang();
        });
    CallScope scope = TestScopes.scope();

    assertThatThrownBy(() ->
            model(server.url(), Duration.ofSeconds(30))
                .chat(scope, REQUEST, piece -> scope.cancellation().cancel()))
        .isInstanceOf(Cancelled.class);
    assertThat(server.sawHangUp()).isTrue();
  }

  @Test
  void hangsUpWhenCancelledBeforeTheReplyBegins() throws InterruptedException {
    var asked = new CountDownLatch(1);
    FakeChatServer server =
        server(exchange -> {
          asked.countDown();
          exchange.hang();
        });
    CallScope scope = TestScopes.scope();
    var canceller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                asked.await();
                scope.cancellation().cancel();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    assertThatThrownBy(
            () -> model(server.url(), Duration.ofSeconds(30)).chat(scope, REQUEST, piece -> {}))
        .isInstanceOf(Cancelled.class);
    assertThat(server.sawHangUp()).isTrue();
    canceller.join();
  }

  @Test
  void hangsUpWhenTheListenerFails() throws InterruptedException {
    FakeChatServer server =
        server(exchange -> {
          exchange.begin();
          exchange.send(Chunks.text("Once"));
          exchange.hang();
        });

    assertThatThrownBy(() ->
            model(server.url(), Duration.ofSeconds(30))
                .chat(
                    TestScopes.scope(),
                    REQUEST,
                    piece -> {
                      throw new IllegalStateException("gone");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(server.sawHangUp()).isTrue();
  }

  @Test
  void givesUpOnAServerThatNeverAnswers() throws InterruptedException {
    FakeChatServer server = server(FakeChatServer.Exchange::hang);

    assertThatThrownBy(() ->
            model(server.url(), Duration.ofMillis(300))
                .chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(server.url().toString())
        .hasMessageContaining("300 ms");
    assertThat(server.sawHangUp()).isTrue();
  }

  @Test
  void givesUpOnAServerThatFallsSilent() throws InterruptedException {
    FakeChatServer server =
        server(exchange -> {
          exchange.begin();
          exchange.send(Chunks.text("Once"));
          exchange.hang();
        });

    assertThatThrownBy(() ->
            model(server.url(), Duration.ofMillis(300))
                .chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("sent nothing");
    assertThat(server.sawHangUp()).isTrue();
  }

  @Test
  void stopsAtItsDeadlineAlthoughTheServerTalksOn() {
    ChatModel model =
        model(exchange -> {
          exchange.begin();
          while (true) {
            exchange.send(Chunks.text("on and on "));
          }
        });

    assertThatThrownBy(() ->
            model.chat(
                TestScopes.scope(InstantSource.system(), Duration.ofMillis(700)),
                REQUEST,
                piece -> {}))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("time");
  }

  @Test
  void saysWhenTheConnectionBreaks() {
    var heard = new StringBuilder();
    ChatModel model =
        model(exchange -> {
          exchange.begin();
          exchange.send(Chunks.text("Once upon"));
          exchange.breakOff();
        });

    assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, heard::append))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("broke off");
    assertThat(heard).hasToString("Once upon");
  }

  @Test
  void closingEndsTheRequestsThatRun() {
    HttpChatModel closing =
        model(exchange -> {
          exchange.begin();
          exchange.send(Chunks.text("Once"));
          exchange.hang();
        });

    assertThatThrownBy(() -> closing.chat(TestScopes.scope(), REQUEST, piece -> closing.close()))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> closing.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
  }
}
