package io.kass.documents.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block.ChatMessage;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatFormatsTest {
  private static final String SLACK =
      """
      [
       {"client_msg_id": "1f", "type": "message", "text": "Deploy on <!here> Friday? See <https://a.example/x|the plan> &amp; <#C1|ops>",
        "user": "U1", "ts": "1761559200.000200", "thread_ts": "1761559200.000200", "reply_count": 1,
        "user_profile": {"real_name": "Alice Berg", "display_name": "alice"}},
       {"type": "message", "subtype": "channel_join", "user": "U3", "text": "<@U3> has joined", "ts": "1761559201.000100"},
       {"type": "message", "user": "U2", "text": "Yes <@U1>", "ts": "1761559260.5", "thread_ts": "1761559200.000200",
        "user_profile": {"real_name": "山田 太郎", "display_name": ""}},
       {"type": "message", "subtype": "bot_message", "username": "CI", "text": "", "ts": "1761559300.000000",
        "attachments": [{"title": "Build 7", "text": "failed", "fields": [{"title": "Branch", "value": "main"}], "fallback": "no"}]},
       {"type": "message", "user": "U1", "text": "", "ts": "1761559400.000000",
        "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
          {"type": "text", "text": "Ask "}, {"type": "user", "user_id": "U2"}]}]}],
        "files": [{"name": "plan.pdf", "title": "Plan"}]}
      ]
      """;

  private static final String DISCORD =
      """
      {"guild": {"id": "1", "name": "Team"}, "channel": {"id": "2", "category": "x", "name": "general"},
       "dateRange": {"after": null}, "exportedAt": "2025-10-28T00:00:00+00:00",
       "messages": [
        {"id": "9", "type": "Default", "timestamp": "2025-10-27T19:00:00.123+09:00", "content": "Ask early.",
         "author": {"id": "5", "name": "kim", "nickname": "Kim", "roles": [{"name": "admin"}]},
         "attachments": [{"fileName": "leave.pdf"}],
         "embeds": [{"title": "Leave", "description": "Two weeks before", "fields": []}], "reactions": []},
        {"id": "10", "type": "Default", "timestamp": "2025-10-27T10:01:00+00:00", "content": "",
         "author": {"id": "6", "name": "bot"}, "embeds": []}],
       "messageCount": 2}
      """;

  private final DocumentReader reader = TestDocuments.reader();

  @Test
  void readsDayOfSlackChannel() {
    ReadDocument document = read("export/general/2025-10-27.json", SLACK);

    assertThat(document.type()).isEqualTo(SourceType.CHAT);
    assertThat(lines(document))
        .containsExactly(
            "alice: Deploy on @here Friday? See the plan (https://a.example/x) & #ops",
            "山田 太郎: (reply to alice) Yes @alice",
            "CI: Build 7\nfailed\nBranch: main",
            "alice: Ask @山田 太郎\nFile: Plan");
    ChatMessage first = (ChatMessage) document.blocks().getFirst();
    Instant at = Instant.parse("2025-10-27T10:00:00.000200Z");
    assertThat(first.at()).isEqualTo(at);
    assertThat(first.place().locator()).isEqualTo(new Locator.Messages("general", at, at));
  }

  @Tag("D7")
  @ParameterizedTest
  @ValueSource(strings = {"slack.txt", "slack.md", "slack.csv", "slack.js", "slack"})
  void knowsChatWhateverItsName(String name) {
    assertThat(read(name, SLACK).type()).isEqualTo(SourceType.CHAT);
    assertThat(read(name, DISCORD).type()).isEqualTo(SourceType.CHAT);
  }

  @Test
  void readsAnswersOfSlackApi() {
    assertThat(lines(read("a.json", "{\"ok\": true, \"messages\": " + SLACK + "}"))).hasSize(4);
  }

  @Test
  void readsExportOfDiscord() {
    ReadDocument document = read("Team - general [2].json", DISCORD);

    assertThat(lines(document))
        .containsExactly("Kim: Ask early.\nLeave\nTwo weeks before\nAttachment: leave.pdf");
    Instant at = Instant.parse("2025-10-27T10:00:00.123Z");
    assertThat(document.blocks().getFirst().place().locator())
        .isEqualTo(new Locator.Messages("general", at, at));
  }

  @Test
  void readsMessagesOfDiscordApi() {
    String messages =
        """
        [{"type": 0, "channel_id": "2", "content": "Hi <@5> <:wave:77>", "timestamp": "2025-10-27T10:00:00+00:00",
          "author": {"id": "6", "username": "lee", "global_name": "Lee"}, "mentions": [{"id": "5", "username": "kim"}]}]
        """;

    ReadDocument document = read("dump/ops.json", messages);

    assertThat(lines(document)).containsExactly("Lee: Hi @kim :wave:");
    assertThat(document.blocks().getFirst().place().locator())
        .extracting("channel")
        .isEqualTo("ops");
  }

  @Tag("D13")
  @Test
  void decodesExportInUtf16() {
    byte[] bytes = ("\uFEFF" + SLACK).getBytes(Charset.forName("UTF-16LE"));

    assertThat(lines(ReadDocument.of(reader, "a.json", bytes))).hasSize(4);
  }

  @Test
  void refusesExportThatIsCutOff() {
    String cut = SLACK.substring(0, SLACK.length() - 200);

    ReadDocument document = read("a.json", cut);

    assertThat(document.cause()).isEqualTo(Cause.DAMAGED);
    assertThat(document.message())
        .isEqualTo("Its JSON ends in the middle. Get it again; a part of it is missing.");
  }

  @Test
  void keepsMessageWithoutTime() {
    String text = SLACK.replace("1761559300.000000", "1e999999999");

    assertThat(lines(read("a.json", text))).hasSize(4);
  }

  private ReadDocument read(String name, String text) {
    return ReadDocument.of(reader, name, text);
  }

  private static List<String> lines(ReadDocument document) {
    return document.blocks().stream()
        .map(block -> ((ChatMessage) block).author() + ": " + block.text())
        .toList();
  }
}
