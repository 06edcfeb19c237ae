package io.kass.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.FromUser;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What only Ollama's protocol has. */
class OllamaChatModelTest extends HttpChatModelContract {
  @Override
  protected Wire wire() {
    return new OllamaWire();
  }

  @Override
  protected boolean tellsCachedInput() {
    return false;
  }

  private ChatReply reply(String stream) {
    return model(exchange -> exchange.stream(stream))
        .chat(TestScopes.scope(), REQUEST, piece -> {});
  }

  @Test
  void sendsWhatTheProtocolAsksFor() {
    FakeChatServer.Request sent = sentConversation();
    assertThat(sent.headers()).containsEntry("authorization", "Bearer " + KEY);
    assertThat(Json.parse(sent.body()))
        .isEqualTo(
            Json.parse(
                """
                {"model": "a-model", "stream": true, "think": false,
                 "options": {"num_predict": 321, "temperature": 0.25, "num_ctx": 8192},
                 "messages": [
                  {"role": "system", "content": "You are brief."},
                  {"role": "user", "content": "Who? 😀"},
                  {"role": "assistant", "content": "", "tool_calls": [{"id": "call_1",
                   "function": {"name": "search",
                    "arguments": {"exact": true, "limit": 3, "query": "日本 \\"x\\"\\n"}}}]},
                  {"role": "tool", "tool_name": "search", "tool_call_id": "call_1",
                   "content": "Error: no such index"},
                  {"role": "assistant", "content": "I do not know."},
                  {"role": "user", "content": "And what?"}],
                 "tools": [{"type": "function", "function": {"name": "search",
                  "description": "Finds \\"documents\\".", "parameters": {"type": "object"}}}]}
                """));
  }

  @ParameterizedTest
  @CsvSource({"10, 8192", "20_000, 8192", "25_000, 16384", "100_000, 65536"})
  void asksForAWindowThatFits(String bytes, int window) {
    FakeChatServer server = server(exchange -> exchange.stream(wire().stream(saying("Yes."))));
    String text = "a".repeat(Integer.parseInt(bytes.replace("_", "")));
    var request = new ChatRequest("", List.of(new FromUser(text)), List.of(), 1_024, 0);

    model(server.url(), Duration.ofSeconds(30)).chat(TestScopes.scope(), request, piece -> {});

    assertThat(
            Members.number(Json.parse(server.requests().getFirst().body()), "options", "num_ctx"))
        .isEqualTo(window);
  }

  static Stream<Arguments> doneReasons() {
    return Stream.of(
        Arguments.of("stop", new StopReason.EndTurn()),
        Arguments.of("length", new StopReason.MaxTokens()),
        Arguments.of("load", new StopReason.Other("load")));
  }

  @Tag("B1")
  @ParameterizedTest
  @MethodSource("doneReasons")
  void knowsEveryReasonToStop(String reason, StopReason stop) {
    ChatReply reply = reply(wire().text("Once") + OllamaWire.done(reason, 1, 2));

    assertThat(reply.message()).isEqualTo(new FromModel("Once", List.of()));
    assertThat(reply.stop()).isEqualTo(stop);
  }

  @Test
  void readsNoReasonAsTheEnd() {
    String old = OllamaWire.line(Map.of("done", Json.of(true)));

    assertThat(reply(wire().text("Once") + old).stop()).isEqualTo(new StopReason.EndTurn());
  }

  @Tag("B1")
  @Test
  void returnsNoCallsOfAReplyThatWasCut() {
    String call =
        OllamaWire.line(Map.of("message", OllamaWire.message("", List.of(OllamaWire.call(CALL)))));

    assertThat(reply(call + OllamaWire.done("length", 1, 2)).message().calls()).isEmpty();
  }

  @Test
  void givesCallsWithoutIdsTheirOwn() {
    var nameless = new ToolCall("", "search", CALL.arguments());
    String call =
        OllamaWire.line(
            Map.of(
                "message",
                OllamaWire.message(
                    "", List.of(OllamaWire.call(nameless), OllamaWire.call(nameless)))));

    assertThat(reply(call + OllamaWire.done("stop", 1, 2)).message().calls())
        .extracting(ToolCall::id)
        .containsExactly("call_1", "call_2");
  }

  @Test
  void saysWhenACallCannotBeRead() {
    String call =
        "{\"message\": {\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": [{\"function\":"
            + " {\"name\": \"search\", \"arguments\": \"{\"}}]}, \"done\": false}\n";

    assertThat(reply(call + OllamaWire.done("stop", 1, 2)).stop())
        .isEqualTo(new StopReason.MalformedToolUse());
  }

  @Test
  void passesOverThoughts() {
    String thought =
        "{\"message\": {\"role\": \"assistant\", \"content\": \"\", \"thinking\": \"Hmm.\"},"
            + " \"done\": false}\n";

    assertThat(
            reply(thought + wire().text("Yes.") + OllamaWire.done("stop", 1, 2)).message().text())
        .isEqualTo("Yes.");
  }

  @Test
  void saysWhenTheModelHasNoTools() {
    ChatModel model =
        model(exchange ->
            exchange.respond(
                400,
                "application/json",
                wire().error(400, "\\\"a-model\\\" does not support tools")));

    assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("does not support tools");
  }

  @ParameterizedTest
  @CsvSource({
    "'', http://localhost:11434/api/chat",
    "http://h:1, http://h:1/api/chat",
    "http://h:1/, http://h:1/api/chat",
    "http://h:1/v1, http://h:1/api/chat",
    "http://h:1/v1/, http://h:1/api/chat",
    "http://h:1/api/chat, http://h:1/api/chat",
    "https://h/ollama, https://h/ollama/api/chat"
  })
  void findsTheEndpoint(String url, String endpoint) {
    var config =
        new ChatConfig(
            ChatConfig.Provider.OLLAMA,
            URI.create(url),
            "a-model",
            Secret.NONE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    assertThat(ChatProtocol.of(config).endpoint().uri()).hasToString(endpoint);
  }
}
