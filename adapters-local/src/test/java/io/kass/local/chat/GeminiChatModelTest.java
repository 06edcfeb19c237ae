package io.kass.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.FromUser;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.chat.ChatMessage.ToolResults;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What only Gemini's protocol has. */
class GeminiChatModelTest extends HttpChatModelContract {
  @Override
  protected Wire wire() {
    return new GeminiWire();
  }

  private ChatReply reply(String stream) {
    return model(exchange -> exchange.stream(stream))
        .chat(TestScopes.scope(), REQUEST, piece -> {});
  }

  private static String saying(String text, String finish) {
    return GeminiWire.event(GeminiWire.candidate(List.of(GeminiWire.part(text)), finish));
  }

  @Test
  void sendsWhatTheProtocolAsksFor() {
    FakeChatServer.Request sent = sentConversation();
    assertThat(sent.headers()).containsEntry("x-goog-api-key", KEY);
    assertThat(Json.parse(sent.body()))
        .isEqualTo(
            Json.parse(
                """
                {"systemInstruction": {"parts": [{"text": "You are brief."}]},
                 "generationConfig": {"maxOutputTokens": 321, "temperature": 0.25},
                 "contents": [
                  {"role": "user", "parts": [{"text": "Who? 😀"}]},
                  {"role": "model", "parts": [{"functionCall": {"id": "call_1", "name": "search",
                   "args": {"exact": true, "limit": 3, "query": "日本 \\"x\\"\\n"}}}]},
                  {"role": "user", "parts": [{"functionResponse": {"id": "call_1",
                   "name": "search", "response": {"error": "no such index"}}}]},
                  {"role": "model", "parts": [{"text": "I do not know."}]},
                  {"role": "user", "parts": [{"text": "And what?"}]}],
                 "tools": [{"functionDeclarations": [{"name": "search",
                  "description": "Finds \\"documents\\".",
                  "parametersJsonSchema": {"type": "object"}}]}]}
                """));
  }

  static Stream<Arguments> finishReasons() {
    return Stream.of(
        Arguments.of("STOP", new StopReason.EndTurn()),
        Arguments.of("MAX_TOKENS", new StopReason.MaxTokens()),
        Arguments.of("SAFETY", new StopReason.ContentFiltered()),
        Arguments.of("RECITATION", new StopReason.ContentFiltered()),
        Arguments.of("BLOCKLIST", new StopReason.ContentFiltered()),
        Arguments.of("PROHIBITED_CONTENT", new StopReason.ContentFiltered()),
        Arguments.of("SPII", new StopReason.ContentFiltered()),
        Arguments.of("MALFORMED_FUNCTION_CALL", new StopReason.MalformedToolUse()),
        Arguments.of("UNEXPECTED_TOOL_CALL", new StopReason.MalformedToolUse()),
        Arguments.of("MALFORMED_RESPONSE", new StopReason.MalformedOutput()),
        Arguments.of("LANGUAGE", new StopReason.Other("LANGUAGE")),
        Arguments.of("OTHER", new StopReason.Other("OTHER")),
        Arguments.of("SOMETHING_NEW", new StopReason.Other("SOMETHING_NEW")));
  }

  @Tag("B1")
  @ParameterizedTest
  @MethodSource("finishReasons")
  void knowsEveryReasonToStop(String reason, StopReason stop) {
    assertThat(reply(saying("Once", "") + saying("", reason)))
        .isEqualTo(new ChatReply(new FromModel("Once", List.of()), stop, TokenUsage.NONE));
  }

  @Tag("B1")
  @Test
  void returnsNoCallsOfAReplyThatWasFiltered() {
    String call = GeminiWire.event(GeminiWire.candidate(List.of(GeminiWire.call(CALL, "")), ""));

    ChatReply reply = reply(call + saying("", "SAFETY"));

    assertThat(reply.message().calls()).isEmpty();
    assertThat(reply.stop()).isEqualTo(new StopReason.ContentFiltered());
  }

  @Tag("B1")
  @Test
  void saysWhenAQuestionWasBlocked() {
    String blocked =
        "data: {\"promptFeedback\": {\"blockReason\": \"PROHIBITED_CONTENT\"}, \"usageMetadata\":"
            + " {\"promptTokenCount\": 12, \"totalTokenCount\": 12}}\r\n\r\n";

    assertThat(reply(blocked))
        .isEqualTo(
            new ChatReply(
                new FromModel("", List.of()),
                new StopReason.ContentFiltered(),
                new TokenUsage(0, 12, 0)));
  }

  @Test
  void readsOnAfterAReasonToStop() {
    assertThat(reply(saying("Once ", "STOP") + saying("more.", "STOP")).message().text())
        .isEqualTo("Once more.");
  }

  @Test
  void passesOverThoughts() {
    Json thought = new Json.Obj(Map.of("text", Json.of("Hmm."), "thought", Json.of(true)));

    assertThat(
            reply(
                    GeminiWire.event(
                        GeminiWire.candidate(List.of(thought, GeminiWire.part("Yes.")), "STOP")))
                .message()
                .text())
        .isEqualTo("Yes.");
  }

  @Test
  void saysWhenACallCannotBeRead() {
    String call =
        "data: {\"candidates\": [{\"content\": {\"parts\": [{\"functionCall\": {\"name\": \"x\","
            + " \"args\": \"text\"}}]}, \"finishReason\": \"STOP\"}]}\r\n\r\n";

    assertThat(reply(call).stop()).isEqualTo(new StopReason.MalformedToolUse());
  }

  @Test
  void bringsBackWhatCameWithACall() {
    String signature = "CuIBAdHtim/+=";
    var nameless = new ToolCall("", "search", CALL.arguments());
    var replies =
        new ArrayList<>(
            List.of(
                GeminiWire.event(
                    GeminiWire.candidate(
                        List.of(
                            GeminiWire.call(CALL, signature),
                            GeminiWire.call(nameless, ""),
                            GeminiWire.call(nameless, signature)),
                        "STOP")),
                wire().stream(saying("Yes."))));
    FakeChatServer server = server(exchange -> exchange.stream(replies.removeFirst()));
    ChatModel model = model(server.url(), Duration.ofSeconds(30));

    FromModel first = model.chat(TestScopes.scope(), REQUEST, piece -> {}).message();
    List<ToolResult> outcomes =
        first.calls().stream().map(call -> new ToolResult(call.id(), true, "Nothing.")).toList();
    List<ChatMessage> conversation =
        List.of(new FromUser("Who?"), first, new ToolResults(outcomes));
    model.chat(
        TestScopes.scope(), new ChatRequest("", conversation, List.of(), 100, 0), piece -> {});

    assertThat(first.calls()).extracting(ToolCall::id).doesNotHaveDuplicates();
    String args = CALL.arguments().canonical();
    assertThat(Json.parse(server.requests().getLast().body()))
        .isEqualTo(
            Json.parse(
                """
                {"generationConfig": {"maxOutputTokens": 100, "temperature": 0.0},
                 "contents": [
                  {"role": "user", "parts": [{"text": "Who?"}]},
                  {"role": "model", "parts": [
                   {"functionCall": {"id": "call_1", "name": "search", "args": %1$s},
                    "thoughtSignature": "%2$s"},
                   {"functionCall": {"name": "search", "args": %1$s}},
                   {"functionCall": {"name": "search", "args": %1$s},
                    "thoughtSignature": "%2$s"}]},
                  {"role": "user", "parts": [
                   {"functionResponse": {"id": "call_1", "name": "search",
                    "response": {"output": "Nothing."}}},
                   {"functionResponse": {"name": "search", "response": {"output": "Nothing."}}},
                   {"functionResponse": {"name": "search", "response": {"output": "Nothing."}}}]}]}
                """
                    .formatted(args, signature)));
  }

  @Test
  void waitsAsLongAsTheBodySays() {
    ChatModel model =
        model(exchange ->
            exchange.respond(
                429,
                "application/json",
                """
                {"error": {"code": 429, "message": "You exceeded your current quota.",
                 "status": "RESOURCE_EXHAUSTED", "details": [
                  {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": []},
                  {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "27.5s"}]}}
                """));

    assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMillis(27_500)));
  }

  @Test
  void readsAnArrayWhereAProxyLostTheParameter() {
    String array =
        "["
            + saying("Once ", "").substring(6).strip()
            + ",\n"
            + saying("more.", "STOP").substring(6)
            + "]";

    ChatModel model = model(exchange -> exchange.respond(200, "application/json", array));

    assertThat(model.chat(TestScopes.scope(), REQUEST, piece -> {}).message().text())
        .isEqualTo("Once more.");
  }

  @Test
  void isAtGooglesAddressUnlessToldOtherwise() {
    var config =
        new ChatConfig(
            ChatConfig.Provider.GEMINI,
            URI.create(""),
            "models/gemini-2.5-flash",
            Secret.NONE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    assertThat(ChatProtocol.of(config).endpoint().uri())
        .hasToString(
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.0-flash, 100",
    "gemma-3-27b-it, 100",
    "gemini-2.5-flash, 8292",
    "gemini-3-pro-preview, 8292",
    "gemini-flash-latest, 8292"
  })
  void leavesRoomForThoughts(String model, int most) {
    assertThat(
            Members.number(
                Json.parse(GeminiRequests.body(model, REQUEST)),
                "generationConfig",
                "maxOutputTokens"))
        .isEqualTo(most);
  }

  @Test
  void refusesAModelThatIsNone() {
    var config =
        new ChatConfig(
            ChatConfig.Provider.GEMINI,
            URI.create(""),
            "../secret model",
            Secret.NONE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    assertThatThrownBy(() -> ChatProtocol.of(config).endpoint())
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'../secret model'");
  }
}
