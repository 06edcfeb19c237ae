package io.kass.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.FromUser;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers, and things that stand in front of them, say when they fail. */
@Timeout(60)
class ChatFailuresTest {
  private static final String KEY = "sk-canary-0123456789";
  private static final String JSON = "application/json";
  private static final String PAGE = "<!DOCTYPE html><title>Proxy</title><p>Sign in: " + KEY;

  private final TestClock clock = new TestClock();
  private final List<FakeChatServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(FakeChatServer::close);
  }

  private FakeChatServer server(FakeChatServer.Handler handler) {
    var server = new FakeChatServer(new OpenAiWire(), handler);
    servers.add(server);
    return server;
  }

  private ChatReply chat(URI url) {
    var config =
        new ChatConfig(
            ChatConfig.Provider.OPENAI,
            url,
            "a-model",
            new Secret(KEY),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
    try (var model = new HttpChatModel(config, clock)) {
      return model.chat(
          TestScopes.scope(),
          new ChatRequest("", List.of(new FromUser("Who?")), List.of(), 100, 0),
          piece -> {});
    }
  }

  private ChatReply chat(FakeChatServer.Handler handler) {
    return chat(server(handler).url());
  }

  private KassException failure(FakeChatServer.Handler handler) {
    try {
      throw new AssertionError("it did not fail: " + chat(handler));
    } catch (KassException e) {
      assertThat(e.getMessage())
          .doesNotContain(KEY)
          .doesNotContainPattern("[\\n\\r\\t\\u001b]")
          .hasSizeLessThan(700);
      return e;
    }
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(
            401, error("Incorrect API key: " + KEY), Misconfigured.class, "Check the chat key"),
        Arguments.of(403, error("forbidden for " + KEY), Misconfigured.class, "Check the chat key"),
        Arguments.of(
            404,
            error("model 'a-model' not found, try pulling it first"),
            Misconfigured.class,
            "try pulling it"),
        Arguments.of(404, PAGE, Misconfigured.class, "'a-model'"),
        Arguments.of(402, error("Insufficient credits"), Misconfigured.class, "Insufficient"),
        Arguments.of(
            400,
            error("a-model does not support tools"),
            Misconfigured.class,
            "does not support tools"),
        Arguments.of(
            422, "{\"detail\": \"field required\"}", Misconfigured.class, "field required"),
        Arguments.of(
            429,
            "{\"error\": {\"message\": \"You exceeded your quota\", \"code\":"
                + " \"insufficient_quota\"}}",
            Misconfigured.class,
            "quota"),
        Arguments.of(429, PAGE, Throttled.class, "asks to wait"),
        Arguments.of(307, PAGE, Misconfigured.class, "has moved"),
        Arguments.of(408, "", Unavailable.class, "408"),
        Arguments.of(
            500,
            "{\"error\": \"out of memory near " + KEY + "\"}",
            Unavailable.class,
            "out of memory near ****"),
        Arguments.of(502, PAGE, Unavailable.class, "502"),
        Arguments.of(
            503,
            "{\"message\": \"loading\\n\\tthe \\u001b[31mmodel\"}",
            Unavailable.class,
            "loading the [31mmodel"),
        Arguments.of(529, "x".repeat(200_000), Unavailable.class, "529"),
        Arguments.of(200, PAGE, Misconfigured.class, "proxy"),
        Arguments.of(200, "\n  " + PAGE, Misconfigured.class, "proxy"),
        Arguments.of(200, "", Unavailable.class, "broke off"),
        Arguments.of(200, "hello", Unavailable.class, "broke off"),
        Arguments.of(200, "{\"object\": \"list\"}", Unavailable.class, "broke off"),
        Arguments.of(200, "{\"choices\": [", Unavailable.class, "broke off"),
        Arguments.of(
            200, "{\"error\": {\"message\": \"no " + KEY + "\"}}", Unavailable.class, "no ****"));
  }

  private static String error(String message) {
    return "{\"error\": {\"message\": \"" + message + "\"}}";
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void saysWhoHasToAct(int status, String body, Class<?> kind, String said) {
    KassException failure = failure(exchange -> exchange.respond(status, JSON, body));

    assertThat(failure).isInstanceOf(kind).hasMessageContaining(said);
    assertThat(failure).hasMessageContaining(servers.getFirst().url().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After: 30, 30000",
    "retry-after: 1.5, 1500",
    "Retry-After: 0, 0",
    "retry-after-ms: 250, 250",
    "Retry-After: -5, 5000",
    "Retry-After: soon, 5000",
    "Retry-After: 99999999999999999999, 5000",
    "X-Other: 1, 5000"
  })
  void saysHowLongToWait(String header, long milliseconds) {
    KassException failure = failure(exchange -> exchange.respond(429, JSON, "{}", header));

    assertThat(((Throttled) failure).retryAfter()).isEqualTo(Duration.ofMillis(milliseconds));
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "-90, 0"})
  void saysHowLongToWaitUntilADate(long seconds, long wait) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            clock.instant().plusSeconds(seconds).atOffset(ZoneOffset.UTC));

    KassException failure =
        failure(exchange -> exchange.respond(429, JSON, "{}", "Retry-After: " + date));

    assertThat(((Throttled) failure).retryAfter()).isEqualTo(Duration.ofSeconds(wait));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": {\"message\": \"too long\", \"code\": \"context_length_exceeded\"}}",
        "{\"error\": {\"message\": \"This model's maximum context length is 8192 tokens.\"}}",
        "{\"error\": {\"message\": \"x\", \"type\": \"exceed_context_size_error\", \"code\": 400}}",
        "{\"object\": \"error\", \"message\": \"Maximum context length is 8 tokens\", \"code\":"
            + " 400}"
      })
  void saysWhenTheRequestDoesNotFitTheModelsWindow(String body) {
    var wanted =
        new ChatReply(
            new FromModel("", List.of()), new StopReason.ContextWindowExceeded(), TokenUsage.NONE);

    assertThat(chat(exchange -> exchange.respond(400, JSON, body))).isEqualTo(wanted);
    assertThat(chat(exchange -> exchange.stream("data: " + body + "\n\n"))).isEqualTo(wanted);
  }

  @Test
  void takesARefusedSizeForATooSmallWindow() {
    assertThat(chat(exchange -> exchange.respond(413, "text/html", PAGE)).stop())
        .isEqualTo(new StopReason.ContextWindowExceeded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\": {\"message\": \"the GPU fell off, KEY\", \"code\": 500}}\n\n",
        "data: {\"error\": \"the GPU fell off, KEY\"}\n\n",
        "error: {\"code\": 500, \"message\": \"the GPU fell off, KEY\", \"type\":"
            + " \"server_error\"}\n\n"
      })
  void saysWhatAServerSaidInTheMiddleOfAReply(String error) {
    KassException failure =
        failure(exchange -> exchange.stream(Chunks.text("Once upon") + error.replace("KEY", KEY)));

    assertThat(failure)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("broke off: the GPU fell off, ****");
  }

  @Test
  void asksToWaitWhenThrottledInTheMiddleOfAReply() {
    KassException failure =
        failure(exchange ->
            exchange.stream(
                Chunks.text("Once upon")
                    + "data: {\"error\": {\"code\": \"rate_limit_exceeded\"}}\n\n"));

    assertThat(failure).isInstanceOf(Throttled.class);
  }

  @Test
  void saysThatAHostDoesNotExist() {
    var config =
        new ChatConfig(
            ChatConfig.Provider.OPENAI,
            URI.create("http://no-such-host.invalid:8080/v1"),
            "a-model",
            new Secret(KEY),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
    var unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());

    assertThat(
            new ChatErrors(config, ChatProtocol.of(config).endpoint(), clock)
                .model()
                .server()
                .connection(unresolved))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("http://no-such-host.invalid:8080/v1")
        .hasMessageContaining("no such host");
  }

  @Test
  void saysThatAServerIsNotRunning() {
    // Nothing listens on the port that is reserved for the multiplexer of ancient times.
    URI nobody = URI.create("http://127.0.0.1:1/v1");

    assertThatThrownBy(() -> chat(nobody))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(nobody.toString())
        .hasMessageContaining("Is the server running?");
  }

  @Test
  void saysThatAServerDoesNotSpeakTls() {
    FakeChatServer plain = server(exchange -> {});

    assertThatThrownBy(() -> chat(URI.create(plain.url().toString().replace("http:", "https:"))))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("https://127.0.0.1");
  }
}
