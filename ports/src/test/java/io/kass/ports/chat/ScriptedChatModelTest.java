package io.kass.ports.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedChatModelTest extends ChatModelContract {
  private final ScriptedChatModel model = ScriptedChatModel.create();

  @Override
  protected ChatModel replying(ChatReply reply) {
    return model.reply(reply);
  }

  @Override
  protected ChatModel hangingAfter(String text) {
    return model.hangAfter(text);
  }

  @Override
  protected ChatModel throttled(Duration retryAfter) {
    return model.fail(new Throttled("slow down", retryAfter));
  }

  @Override
  protected ChatModel unreachable() {
    return model.fail(new Unavailable("nobody is there"));
  }

  @Override
  protected ChatModel refused() {
    return model.fail(new Misconfigured("the key is refused"));
  }

  @Test
  void followsItsScriptAndRemembersWhatItWasAsked() {
    var first = new ChatRequest("", List.of(new ChatMessage.FromUser("a")), List.of(), 10, 0);
    var second = new ChatRequest("", List.of(new ChatMessage.FromUser("b")), List.of(), 10, 0);
    model.call(CALL).say("done");

    assertThat(model.chat(TestScopes.scope(), first, piece -> {}).message().calls())
        .containsExactly(CALL);
    assertThat(model.chat(TestScopes.scope(), second, piece -> {})).isEqualTo(saying("done"));
    assertThat(model.chat(TestScopes.scope(), second, piece -> {})).isEqualTo(saying("done"));
    assertThat(model.requests()).containsExactly(first, second, second);
  }
}
