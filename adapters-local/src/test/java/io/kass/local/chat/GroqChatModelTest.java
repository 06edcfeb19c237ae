package io.kass.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.StopReason;
import io.kass.ports.error.KassException.Throttled;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Groq has besides OpenAI's protocol. */
class GroqChatModelTest extends HttpChatModelContract {
  @Override
  protected Wire wire() {
    return new GroqWire();
  }

  @Tag("B1")
  @Test
  void takesACallThatGroqCannotReadForAReasonToStop() {
    String body =
        """
        {"error": {"message": "Failed to call a function. See 'failed_generation'.",
         "type": "invalid_request_error", "code": "tool_use_failed",
         "failed_generation": "<function=search{\\"query\\": }</function>"}}
        """;
    ChatModel asked = model(exchange -> exchange.respond(400, "application/json", body));
    ChatModel streaming =
        model(exchange ->
            exchange.stream("data: " + body.strip().replace("\n", " ") + "\n\n" + Chunks.DONE));

    assertThat(asked.chat(TestScopes.scope(), REQUEST, piece -> {}).stop())
        .isEqualTo(new StopReason.MalformedToolUse());
    assertThat(streaming.chat(TestScopes.scope(), REQUEST, piece -> {}).stop())
        .isEqualTo(new StopReason.MalformedToolUse());
  }

  @Test
  void waitsWhenGroqHasTooMuchToDo() {
    ChatModel model =
        model(exchange ->
            exchange.respond(
                498,
                "application/json",
                wire().error(498, "Flex tier capacity exceeded"),
                "retry-after: 7.66"));

    Assertions.assertThatThrownBy(() -> model.chat(TestScopes.scope(), REQUEST, piece -> {}))
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMillis(7_660)));
  }
}
