package io.kass.ports.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.FromUser;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.chat.ChatMessage.ToolResults;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.tool.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ChatModel} does. */
@Timeout(60)
public abstract class ChatModelContract {
  /** A call as the model under test is made to ask for. */
  protected static final ToolCall CALL =
      new ToolCall(
          "call_1",
          "search",
          new Json.Obj(
              Map.of("query", Json.of("日本 \"x\"\n"), "limit", Json.of(3), "exact", Json.of(true))));

  private static final ToolSpec SEARCH =
      new ToolSpec(
          "search",
          "Finds documents.",
          new Json.Obj(Map.of("type", Json.of("object"))),
          ToolSpec.Effect.READS);

  private static final ChatRequest REQUEST = request(new FromUser("Who are you?"));

  /** A model that gives this reply to every request. */
  protected abstract ChatModel replying(ChatReply reply);

  /** A model that begins a reply with this text, and says no more. */
  protected abstract ChatModel hangingAfter(String text);

  /** A model whose provider asks to wait for this long. */
  protected abstract ChatModel throttled(Duration retryAfter);

  /** A model that cannot be reached. */
  protected abstract ChatModel unreachable();

  /** A model whose provider refuses the key. */
  protected abstract ChatModel refused();

  /** Whether the provider tells how much of the input came from a cache. */
  protected boolean tellsCachedInput() {
    return true;
  }

  @Test
  void hasAName() {
    ChatModel model = replying(saying("x"));

    assertThat(model.id()).isNotBlank();
    assertThat(model.present()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Yes.",
        " leading and trailing \n",
        "日本語 and 👩‍👩‍👧‍👦 and \"quotes\" \\ and\ttabs\r\nand lines\n\n",
        "data: [DONE]\n\ndata: {}"
      })
  void returnsTheWholeTextAndTellsItPieceByPiece(String text) {
    var pieces = new ArrayList<String>();

    ChatReply reply = replying(saying(text)).chat(TestScopes.scope(), REQUEST, pieces::add);

    assertThat(reply.message()).isEqualTo(new FromModel(text, List.of()));
    assertThat(reply.stop()).isEqualTo(new StopReason.EndTurn());
    assertThat(pieces).doesNotContain("");
    assertThat(String.join("", pieces)).isEqualTo(text);
  }

  @Test
  void tellsALongText() {
    String text = "All work and no play makes Jack a dull boy. 仕事ばかり。".repeat(2_000);
    var heard = new StringBuilder();

    ChatReply reply = replying(saying(text)).chat(TestScopes.scope(), REQUEST, heard::append);

    assertThat(reply.message().text()).isEqualTo(text);
    assertThat(heard).hasToString(text);
  }

  @Test
  void returnsTheCallsItAsksFor() {
    var other = new ToolCall("call_2", "search", new Json.Obj(Map.of()));
    var wanted =
        new ChatReply(
            new FromModel("Let me look.", List.of(CALL, other)),
            new StopReason.ToolUse(),
            TokenUsage.NONE);

    ChatReply reply = replying(wanted).chat(TestScopes.scope(), REQUEST, piece -> {});

    assertThat(reply.message()).isEqualTo(wanted.message());
    assertThat(reply.stop()).isEqualTo(new StopReason.ToolUse());
  }

  @Test
  void returnsCallsWithoutText() {
    var wanted =
        new ChatReply(new FromModel("", List.of(CALL)), new StopReason.ToolUse(), TokenUsage.NONE);
    var pieces = new ArrayList<String>();

    ChatReply reply = replying(wanted).chat(TestScopes.scope(), REQUEST, pieces::add);

    assertThat(reply.message()).isEqualTo(wanted.message());
    assertThat(pieces).isEmpty();
  }

  @Test
  void takesTheOutcomeOfCalls() {
    ChatRequest request =
        request(
            new FromUser("Who?"),
            new FromModel("", List.of(CALL)),
            new ToolResults(List.of(new ToolResult(CALL.id(), true, "Found nothing."))));

    ChatReply reply = replying(saying("I do not know.")).chat(TestScopes.scope(), request, p -> {});

    assertThat(reply.message().text()).isEqualTo("I do not know.");
  }

  @Test
  void tellsWhatItCost() {
    TokenUsage usage = tellsCachedInput() ? new TokenUsage(100, 23, 7) : new TokenUsage(0, 123, 7);
    var wanted = new ChatReply(new FromModel("Yes.", List.of()), new StopReason.EndTurn(), usage);

    assertThat(replying(wanted).chat(TestScopes.scope(), REQUEST, piece -> {}).usage())
        .isEqualTo(usage);
  }

  @Test
  void saysWhenAReplyWasCut() {
    var wanted =
        new ChatReply(
            new FromModel("Once upon", List.of()), new StopReason.MaxTokens(), TokenUsage.NONE);

    assertThat(replying(wanted).chat(TestScopes.scope(), REQUEST, piece -> {})).isEqualTo(wanted);
  }

  @Test
  void stopsWhenItsTimeHasPassed() {
    CallScope late =
        new CallScope(
            TestScopes.scope().caller(), Instant.EPOCH, TestScopes.scope().cancellation(), "test");

    assertThatThrownBy(() -> replying(saying("Yes.")).chat(late, REQUEST, piece -> {}))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void stopsWhenItsTimePassesMidway() {
    var heard = new StringBuilder();
    CallScope scope = TestScopes.scope(InstantSource.system(), Duration.ofMillis(700));

    assertThatThrownBy(() -> hangingAfter("Once").chat(scope, REQUEST, heard::append))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("time");
    assertThat(heard).hasToString("Once");
  }

  @Test
  void stopsWhenAlreadyCancelled() {
    assertThatThrownBy(
            () -> replying(saying("Yes.")).chat(TestScopes.cancelled(), REQUEST, piece -> {}))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void stopsWhenCancelledMidway() {
    CallScope scope = TestScopes.scope();

    assertThatThrownBy(
            () -> hangingAfter("Once").chat(scope, REQUEST, piece -> scope.cancellation().cancel()))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void passesOnWhatTheListenerThrows() {
    assertThatThrownBy(() ->
            hangingAfter("Once")
                .chat(
                    TestScopes.scope(),
                    REQUEST,
                    piece -> {
                      throw new IllegalStateException("the terminal is gone");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the terminal is gone");
  }

  @Test
  void saysHowLongToWaitWhenThrottled() {
    assertThatThrownBy(
            () -> throttled(Duration.ofSeconds(17)).chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
  }

  @Test
  void saysWhenItCannotBeReached() {
    assertThatThrownBy(() -> unreachable().chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void saysWhenItIsRefused() {
    assertThatThrownBy(() -> refused().chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Misconfigured.class);
  }

  @Test
  void servesManyCallersAtOnce() {
    ChatModel model = replying(saying("Yes, of course."));

    List<ChatReply> replies =
        TestThreads.atOnce(8, i -> () -> model.chat(TestScopes.scope(), REQUEST, piece -> {}));

    assertThat(replies).hasSize(8).containsOnly(saying("Yes, of course."));
  }

  /** A reply that ends with this text. */
  protected static ChatReply saying(String text) {
    return new ChatReply(new FromModel(text, List.of()), new StopReason.EndTurn(), TokenUsage.NONE);
  }

  private static ChatRequest request(ChatMessage... messages) {
    return new ChatRequest("You are brief.", List.of(messages), List.of(SEARCH), 100, 0);
  }
}
