package io.kass.local.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.FromUser;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.chat.ChatMessage.ToolResults;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatModelContract;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import io.kass.ports.tool.ToolSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model of every provider does, against a server that speaks its protocol. */
abstract class HttpChatModelContract extends ChatModelContract {
  static final String KEY = "sk-canary-0123456789";
  static final ChatRequest REQUEST =
      new ChatRequest("", List.of(new FromUser("Who are you?")), List.of(), 100, 0);

  private final List<FakeChatServer> servers = new ArrayList<>();
  private final List<HttpChatModel> models = new ArrayList<>();

  @AfterEach
  void close() {
    models.forEach(HttpChatModel::close);
    servers.forEach(FakeChatServer::close);
    assertThat(servers).allSatisfy(server -> assertThat(server.violations()).isEmpty());
  }

  /** How the provider speaks. */
  protected abstract Wire wire();

  final FakeChatServer server(FakeChatServer.Handler handler) {
    var server = new FakeChatServer(wire(), handler);
    servers.add(server);
    return server;
  }

  final HttpChatModel model(URI url, Duration idleTimeout) {
    var model = new HttpChatModel(config(url, idleTimeout), InstantSource.system());
    models.add(model);
    return model;
  }

  private ChatConfig config(URI url, Duration idleTimeout) {
    return new ChatConfig(
        wire().provider(), url, "a-model", new Secret(KEY), Duration.ofSeconds(10), idleTimeout);
  }

  final HttpChatModel model(FakeChatServer.Handler handler) {
    return model(server(handler).url(), Duration.ofSeconds(30));
  }

  @Override
  protected ChatModel replying(ChatReply reply) {
    return model(exchange -> {
      exchange.begin();
      exchange.send(wire().stream(reply), 37); // cuts lines, and characters of several bytes
      exchange.end();
    });
  }

  /** Begins a reply with this text, and says no more. */
  private FakeChatServer.Handler hanging(String text) {
    return exchange -> {
      exchange.begin();
      exchange.send(wire().text(text));
      exchange.hang();
    };
  }

  @Override
  protected ChatModel hangingAfter(String text) {
    return model(hanging(text));
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
            wire().refusedKeyStatus(),
            "application/json",
            wire().refusedKey("It was " + KEY + ".")));
  }

  /** The request of a conversation that has all that a request can have, as it was sent. */
  final FakeChatServer.Request sentConversation() {
    FakeChatServer server = server(exchange -> exchange.stream(wire().stream(saying("Yes."))));
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
    return server.requests().getFirst();
  }

  /** What the provider says when it fails. */
  private KassException failure(FakeChatServer.Handler handler) {
    HttpChatModel model = model(handler);
    try {
      throw new AssertionError(
          "it did not fail: " + model.chat(TestScopes.scope(), REQUEST, piece -> {}));
    } catch (KassException e) {
      assertThat(e.getMessage())
          .contains(servers.getFirst().url().toString())
          .doesNotContain(KEY)
          .hasSizeLessThan(700);
      return e;
    }
  }

  @Test
  void readsAStreamThatComesByteByByte() {
    var heard = new ArrayList<String>();
    var wanted =
        new ChatReply(
            new FromModel("日本 👩‍👩‍👧\r\n.", List.of(CALL)),
            new StopReason.ToolUse(),
            TokenUsage.NONE);
    ChatModel model =
        model(exchange -> {
          exchange.begin();
          exchange.send(wire().stream(wanted), 1);
          exchange.end();
        });

    assertThat(model.chat(TestScopes.scope(), REQUEST, heard::add)).isEqualTo(wanted);
    assertThat(String.join("", heard)).isEqualTo(wanted.message().text());
  }

  /** Between CR and LF, inside a character of several bytes, everywhere. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void readsTheSameWhereverAStreamIsCut(String lineEnd) {
    var wanted =
        new ChatReply(
            new FromModel("日本 😀\r\n\n.", List.of(CALL)),
            new StopReason.ToolUse(),
            new TokenUsage(0, 3, 4));
    ChatConfig config = config(URI.create("http://localhost:1"), Duration.ofSeconds(1));
    ChatProtocol protocol = ChatProtocol.of(config);
    var errors = new ChatErrors(config, protocol.endpoint(), InstantSource.system());
    byte[] bytes =
        wire().stream(wanted).replace("\r\n", "\n").replace("\n", lineEnd).getBytes(UTF_8);

    for (int cut = 0; cut <= bytes.length; cut++) {
      var heard = new StringBuilder();
      var reader = new ReplyReader(protocol, errors, heard::append);
      reader.read(ByteBuffer.wrap(bytes, 0, cut));
      reader.read(ByteBuffer.wrap(bytes, cut, bytes.length - cut));

      assertThat(reader.end()).as("cut at %s", cut).isEqualTo(wanted);
      assertThat(heard).hasToString(wanted.message().text());
    }
  }

  @Test
  void namesTheKeyWhenItIsRefusedAndDoesNotShowIt() {
    KassException failure =
        failure(exchange ->
            exchange.respond(
                wire().refusedKeyStatus(), "application/json", wire().refusedKey("It was " + KEY)));

    assertThat(failure).isInstanceOf(Misconfigured.class).hasMessageContaining("KASS_CHAT_KEY");
  }

  @Test
  void saysWhenItDoesNotKnowTheModel() {
    KassException failure =
        failure(exchange ->
            exchange.respond(404, "application/json", wire().error(404, "no such thing")));

    assertThat(failure)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("'a-model'", "no such thing");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void saysWhenItFails(int status) {
    KassException failure =
        failure(exchange ->
            exchange.respond(status, "application/json", wire().error(status, "overloaded")));

    assertThat(failure).isInstanceOf(Unavailable.class).hasMessageContaining("overloaded");
  }

  @Test
  void waitsAWhileWhenThrottledWithoutAWordOnHowLong() {
    KassException failure =
        failure(
            exchange -> exchange.respond(429, "application/json", wire().error(429, "slow down")));

    assertThat(failure)
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403, 502})
  void takesNoPageOfAProxyForAnAnswer(int status) {
    KassException failure =
        failure(exchange ->
            exchange.respond(
                status, "text/html", "<!DOCTYPE html><title>Proxy</title><p>Sign in: " + KEY));

    if (status == 200) {
      assertThat(failure).isInstanceOf(Misconfigured.class).hasMessageContaining("proxy");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "{", "hello"})
  void takesNothingForAnAnswerThatIsNone(String body) {
    KassException failure = failure(exchange -> exchange.respond(200, wire().contentType(), body));

    assertThat(failure).isInstanceOf(Unavailable.class).hasMessageContaining("broke off");
  }

  @Test
  void saysWhatItSaidWhenItFailsInTheMiddleOfAReply() {
    var heard = new StringBuilder();
    ChatModel model =
        model(exchange ->
            exchange.stream(wire().text("Once") + wire().brokenBy("the GPU fell off, " + KEY)));

    assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, heard::append))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("broke off: the GPU fell off, ****");
    assertThat(heard).hasToString("Once");
  }

  @Test
  void asksToWaitWhenThrottledInTheMiddleOfAReply() {
    ChatModel model = model(exchange -> exchange.stream(wire().text("Once") + wire().throttled()));

    assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Throttled.class);
  }

  @Test
  void saysWhenAStreamEndsTooSoon() {
    ChatModel model = model(exchange -> exchange.stream(wire().text("Once")));

    assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("broke off");
  }

  @Test
  void saysWhenARequestIsLongerThanTheModelReads() {
    ChatModel model =
        model(exchange -> exchange.respond(400, "application/json", wire().tooLong()));

    assertThat(model.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isEqualTo(
            new ChatReply(
                new FromModel("", List.of()),
                new StopReason.ContextWindowExceeded(),
                TokenUsage.NONE));
  }

  @Test
  void takesParallelCallsAndTheirOutcomes() {
    FakeChatServer server = server(exchange -> exchange.stream(wire().stream(saying("Yes."))));
    var other = new ToolCall("call_2", "search", new Json.Obj(Map.of()));
    var request =
        new ChatRequest(
            "You are brief.",
            List.of(
                new FromUser("Who?"),
                new FromModel("Let me look.", List.of(CALL, other)),
                new ToolResults(
                    List.of(
                        new ToolResult("call_1", true, "Found \"日本\"."),
                        new ToolResult("call_2", false, "no such index"))),
                new FromModel("I do not know.", List.of()),
                new FromUser("And what?")),
            List.of(),
            100,
            0.5);

    model(server.url(), Duration.ofSeconds(30)).chat(TestScopes.scope(), request, piece -> {});

    assertThat(server.requests().getFirst().body())
        .contains("You are brief.", "Let me look.", "no such index", "日本", "And what?");
  }

  @Test
  void sendsLoneSurrogatesAsQuestionMarks() {
    FakeChatServer server = server(exchange -> exchange.stream(wire().stream(saying("Yes."))));
    var request = new ChatRequest("", List.of(new FromUser("a \ud83d b\u0000")), List.of(), 100, 0);

    model(server.url(), Duration.ofSeconds(30)).chat(TestScopes.scope(), request, piece -> {});

    assertThat(server.requests().getFirst().body()).contains("a ? b\\u0000");
  }

  @Test
  void usesTheConnectionAgain() {
    FakeChatServer server = server(exchange -> exchange.stream(wire().stream(saying("Yes."))));
    HttpChatModel model = model(server.url(), Duration.ofSeconds(30));
    for (int i = 0; i < 3; i++) {
      model.chat(TestScopes.scope(), REQUEST, piece -> {});
    }

    assertThat(server.requests()).hasSize(3);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void hangsUpWhenCancelled() throws InterruptedException {
    FakeChatServer server = server(hanging("Once"));
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
    FakeChatServer server = server(hanging("Once"));

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
    FakeChatServer server = server(hanging("Once"));

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
            exchange.send(wire().text("on and on "));
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
          exchange.send(wire().text("Once upon"));
          exchange.breakOff();
        });

    assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, heard::append))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("broke off");
    assertThat(heard).hasToString("Once upon");
  }

  @Test
  void closingEndsTheRequestsThatRun() {
    HttpChatModel closing = model(hanging("Once"));

    assertThatThrownBy(() -> closing.chat(TestScopes.scope(), REQUEST, piece -> closing.close()))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> closing.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
  }
}
