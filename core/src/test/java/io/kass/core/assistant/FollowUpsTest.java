package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ScriptedChatModel;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpsTest {
  private static final List<ChatMessage> EARLIER =
      List.of(
          new ChatMessage.FromUser("How do users log in?"),
          new ChatMessage.FromModel("By card [1].", List.of()));

  private final ScriptedChatModel model = ScriptedChatModel.create();
  private final TurnMeter meter = new TurnMeter(new TestClock(), Prices.UNKNOWN);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "and for admins?",
        "And why?",
        "What about Linux?",
        "How long is it kept?",
        "Who wrote that?",
        "why?",
        "how about in winter",
        "When?",
        "for admins?",
        "then what happens with the old one",
        "管理者は？",
        "それはなぜですか",
        "では、管理者の場合は？",
        "その期限はいつですか"
      })
  void theseLean(String question) {
    assertThat(FollowUps.leans(question)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How long are audit logs kept?",
        "xylophone zebra",
        "backup",
        "Where do the invoices of last year go?",
        "監査ログは何年間保存されますか",
        "バックアップは毎晩何時に実行されますか？"
      })
  void theseStandAlone(String question) {
    assertThat(FollowUps.leans(question)).isFalse();
  }

  @Test
  void theModelIsGivenWhatWasSaidAndTheQuestionMarked() {
    model.say("How do admins log in?");
    assertThat(standAlone()).isEqualTo("How do admins log in?");
    assertThat(model.requests().getFirst().messages())
        .startsWith(EARLIER.toArray(new ChatMessage[0]))
        .endsWith(new ChatMessage.FromUser("<question>\nand for admins?\n</question>"));
  }

  @Test
  void whatIsNoQuestionIsNotSearchedFor() {
    var cut =
        new ChatReply(
            new ChatMessage.FromModel("How do", List.of()),
            new StopReason.MaxTokens(),
            TokenUsage.NONE);
    model.say(" ").say("word ".repeat(100)).reply(cut);
    for (int i = 0; i < 3; i++) {
      assertThat(standAlone()).isEqualTo("How do users log in?\nand for admins?");
    }
  }

  private String standAlone() {
    return new FollowUps(model).standAlone(TestScopes.scope(), EARLIER, "and for admins?", meter);
  }
}
