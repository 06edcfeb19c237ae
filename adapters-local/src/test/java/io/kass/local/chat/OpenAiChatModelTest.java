package io.kass.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only OpenAI's protocol has. */
class OpenAiChatModelTest extends HttpChatModelContract {
  @Override
  protected Wire wire() {
    return new OpenAiWire();
  }

  @Test
  void sendsWhatTheProtocolAsksFor() {
    FakeChatServer.Request sent = sentConversation();
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
            exchange.stream(wire().stream(saying("Yes.")));
          }
        });
    HttpChatModel model = model(server.url(), Duration.ofSeconds(30));

    assertThat(model.chat(TestScopes.scope(), REQUEST, piece -> {})).isEqualTo(saying("Yes."));
    assertThat(server.requests()).hasSize(4);
    assertThat(server.requests().getLast().body()).contains("\"max_completion_tokens\":8292");
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

  @Test
  void returnsAReplyAlthoughTheServerLeavesTheConnectionOpen() {
    ChatModel model =
        model(exchange -> {
          exchange.begin();
          exchange.send(wire().stream(saying("Yes.")));
          exchange.hang();
        });

    assertThat(model.chat(TestScopes.scope(), REQUEST, piece -> {})).isEqualTo(saying("Yes."));
  }

  @Test
  void sendsNoKeyWhereThereIsNone() {
    FakeChatServer server = server(exchange -> exchange.stream(wire().stream(saying("Yes."))));
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

  private static String unsupported(String parameter) {
    return "{\"error\": {\"message\": \"Unsupported parameter: '%s'\", \"param\": \"%s\"}}"
        .formatted(parameter, parameter);
  }
}
