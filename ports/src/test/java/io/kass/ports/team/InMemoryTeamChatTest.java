package io.kass.ports.team;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryTeamChatTest extends TeamChatContract {
  @Override
  protected TeamChat chat(List<Said> history) {
    var chat = empty();
    history.forEach(said -> chat.say(said.channelId(), said.author(), said.at(), said.text()));
    return chat;
  }

  private InMemoryTeamChat empty() {
    return new InMemoryTeamChat(
        "memory",
        new TestClock(),
        List.of(
            new TeamChat.Channel(general(), "general"), new TeamChat.Channel(random(), "random")));
  }

  @Test
  void tellsWhatWasPostedFromWhatWasSaid() {
    var chat = empty();
    chat.say(general(), "ann", new TestClock().instant(), "hello");
    TeamChat.PostedMessage posted = chat.post(scope(), general(), null, "hello, Ann", "key");
    assertThat(chat.posted()).containsExactly(posted);
  }
}
