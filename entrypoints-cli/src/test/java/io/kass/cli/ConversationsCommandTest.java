package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsCommandTest {
  @TempDir Path home;
  private final FakeParts parts = new FakeParts();

  @BeforeEach
  void ask() throws IOException {
    Files.createDirectories(home.resolve("docs"));
    Files.writeString(home.resolve("docs/a.md"), "The gateway waits 8 seconds.\n");
    cli().run("ask", "--docs", "docs", "How long does the gateway wait?");
    cli().run("ask", "--docs", "docs", "The gateway waits how many seconds?");
  }

  @Test
  void listsTheLatestFirst() {
    Cli.Result result = cli().run("conversations", "list");

    assertThat(result.code()).isZero();
    assertThat(result.out().lines().filter(line -> line.startsWith("  ")))
        .containsExactly(
            "  The gateway waits how many seconds?", "  How long does the gateway wait?");
    assertThat(cli().run("conversations", "list", "--limit", "1").out().lines()).hasSize(2);
    assertThat(cli().run("conversations", "list", "--limit", "0").code()).isEqualTo(2);
  }

  @Test
  void anotherUserHasOthers() {
    Cli.Result result = cli().run("conversations", "list", "--user", "ito");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("There are no conversations of ito.\n");
  }

  @Test
  void showsAWholeConversation() {
    Cli.Result result = cli().run("conversations", "show", last());

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .containsPattern(
            "^local  [-0-9]{10} [0-9:]{5}\n  The gateway waits how many seconds\\?\n\nkass\n  The")
        .endsWith("The gateway waits 8 seconds. [1]\n");
    JsonNode json = cli().run("conversations", "show", "--json", last()).json();
    assertThat(json.get("messages")).hasSize(2);
    assertThat(json.at("/messages/0").fieldNames())
        .toIterable()
        .containsExactly("role", "at", "user", "outcome", "content");
    assertThat(json.at("/messages/1/outcome").asText()).isEqualTo("quotes");
  }

  @Test
  void deletesSomeOrNone() {
    assertThat(cli().run("conversations", "delete", "-y", last(), "nonsense").code()).isEqualTo(1);
    assertThat(cli().run("conversations", "show", last()).code()).isZero();

    String id = last();
    Cli.Result result = cli().run("conversations", "delete", "-y", id);

    assertThat(result.out()).isEqualTo("1 conversation deleted.\n");
    assertThat(cli().run("conversations", "show", id).code()).isEqualTo(1);
    assertThat(cli().run("conversations", "list").out().lines()).hasSize(2);
  }

  @Test
  void asksBeforeItDeletes() {
    assertThat(cli().atTerminal(80).typing("\n").run("conversations", "delete", last()).out())
        .isEqualTo("Nothing was deleted.\n");
    assertThat(cli().run("conversations", "delete", last()).code()).isEqualTo(2);
  }

  @Test
  void anUnknownOneEndsWithOne() {
    Cli.Result result = cli().run("conversations", "show", "nonsense");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("no conversation 'nonsense'", "kass conversations list");
  }

  private String last() {
    return cli()
        .run("conversations", "list", "--json")
        .json()
        .at("/conversations/0/conversation")
        .asText();
  }

  private Cli cli() {
    return new Cli(home, parts);
  }
}
