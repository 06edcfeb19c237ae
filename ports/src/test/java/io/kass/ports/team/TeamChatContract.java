package io.kass.ports.team;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.TestPages;
import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.team.TeamChat.PostedMessage;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every chat of a team does. */
public abstract class TeamChatContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final CallScope scope = scope();

  /**
   * The one chat under test, with the two channels and this said in them.
   *
   * @param history in the order of its instants
   */
  protected abstract TeamChat chat(List<Said> history);

  /** The id of the first channel. */
  protected String general() {
    return "1001";
  }

  /** The id of the second channel. */
  protected String random() {
    return "1002";
  }

  /** What somebody said before the test. */
  protected record Said(String channelId, String author, Instant at, String text) {}

  @Test
  void tellsItsNameAndItsChannels() {
    TeamChat chat = chat(List.of());
    assertThat(chat.name()).matches("[a-z][a-z0-9-]*");
    assertThat(chat.channels(scope))
        .extracting(TeamChat.Channel::id)
        .containsExactlyInAnyOrder(general(), random());
  }

  @Test
  void readsAChannelOldestFirst() {
    TeamChat chat =
        chat(IntStream.range(0, 120).mapToObj(i -> said(general(), i, "message " + i)).toList());
    List<PostedMessage> messages =
        TestPages.all(cursor ->
            chat.messages(scope, general(), NOON.plusSeconds(5), NOON.plusSeconds(115), cursor));
    assertThat(messages)
        .extracting(PostedMessage::text)
        .containsExactlyElementsOf(IntStream.range(5, 115).mapToObj(i -> "message " + i).toList());
    assertThat(messages.getFirst().author()).isEqualTo("ann");
    assertThat(messages.getFirst().at()).isEqualTo(NOON.plusSeconds(5));
    assertThat(messages.getFirst().channelId()).isEqualTo(general());
  }

  @Test
  void findsMessagesNewestFirst() {
    TeamChat chat =
        chat(
            List.of(
                said(general(), 1, "The deployment failed"),
                said(random(), 2, "Lunch?"),
                said(random(), 3, "No deployment today"),
                said(general(), 4, "Deployment done")));
    assertThat(TestPages.all(cursor -> chat.search(scope, "", "deployment", cursor)))
        .extracting(PostedMessage::text)
        .containsExactly("Deployment done", "No deployment today", "The deployment failed");
    assertThat(TestPages.all(cursor -> chat.search(scope, general(), "deployment", cursor)))
        .extracting(PostedMessage::text)
        .containsExactly("Deployment done", "The deployment failed");
    assertThat(TestPages.all(cursor -> chat.search(scope, "", "nothing", cursor))).isEmpty();
  }

  @Test
  void refusesAChannelThatIsNotThere() {
    TeamChat chat = chat(List.of());
    assertThatThrownBy(() -> chat.post(scope, "9999", null, "text", "key"))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void postsOnceForOneKey() {
    TeamChat chat = chat(List.of());
    PostedMessage first = chat.post(scope, general(), null, "Hello @everyone", "key");
    assertThat(first.text()).isEqualTo("Hello @everyone");
    assertThat(chat.post(scope, general(), null, "Hello @everyone", "key").id())
        .isEqualTo(first.id());
    assertThat(chat.post(scope, general(), null, "Hello @everyone", "other key").id())
        .isNotEqualTo(first.id());
    assertThat(everythingIn(chat, general())).hasSize(2);
  }

  @Test
  void opensAThreadAndPostsToIt() {
    TeamChat chat = chat(List.of());
    PostedMessage thread = chat.openThread(scope, general(), "Outage", "What happened?", "1");
    assertThat(thread.text()).contains("What happened?");
    assertThat(chat.openThread(scope, general(), "Outage", "What happened?", "1").id())
        .isEqualTo(thread.id());
    PostedMessage answer = chat.post(scope, general(), thread.id(), "The disk was full.", "2");
    assertThat(answer.threadId()).isEqualTo(thread.id());
    assertThat(answer.id()).isNotEqualTo(thread.id());
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    TeamChat chat = chat(List.of());
    assertThatThrownBy(() -> chat.post(TestScopes.cancelled(), general(), null, "text", "key"))
        .isInstanceOf(Cancelled.class);
    assertThat(everythingIn(chat, general())).isEmpty();
  }

  private List<PostedMessage> everythingIn(TeamChat chat, String channelId) {
    return TestPages.all(cursor ->
        chat.messages(
            scope, channelId, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), cursor));
  }

  private static Said said(String channelId, int second, String text) {
    return new Said(channelId, "ann", NOON.plusSeconds(second), text);
  }
}
