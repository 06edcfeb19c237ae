package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersCommandTest {
  @TempDir Path home;
  private final FakeParts parts = new FakeParts();
  private Path typed;

  @BeforeEach
  void ask() throws IOException {
    Files.createDirectories(home.resolve("docs"));
    Files.writeString(home.resolve("docs/a.md"), "The gateway waits 8 seconds.\n");
    cli().run("ask", "--docs", "docs", "How long does the gateway wait?");
    typed = home.resolve(".local/state/kass/chat-history");
    new ChatHistory(typed).add("How long does the gateway wait?");
  }

  @Test
  void erasesAllThatIsHeldAndSaysWhat() {
    Cli.Result result = cli().run("users", "erase", "--yes", "local");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("Erased: 2 messages and 1 typed line.\n");
    assertThat(typed).doesNotExist();
    assertThat(cli().run("conversations", "list").code()).isEqualTo(1);
    assertThat(cli().run("documents", "list").code()).isZero();
  }

  @Test
  void saysSoInJson() {
    JsonNode json = cli().run("users", "erase", "-y", "--json", "local").json();

    assertThat(json.get("user").asText()).isEqualTo("local");
    assertThat(json.at("/erased/messages").asInt()).isEqualTo(2);
    assertThat(json.get("erased").fieldNames())
        .toIterable()
        .containsExactly(
            "messages",
            "tool_calls",
            "agent_states",
            "cached_answers",
            "quotas",
            "records",
            "typed_lines");
  }

  @Test
  void asksFirst() {
    assertThat(cli().run("users", "erase", "local").code()).isEqualTo(2);
    Cli.Result refused = cli().atTerminal(80).typing("n\n").run("users", "erase", "local");
    assertThat(refused.out()).isEqualTo("Nothing was erased.\n");
    assertThat(refused.err()).contains("Erase 2 messages and 1 typed line of 'local' for good?");
    assertThat(typed).exists();
    assertThat(cli().run("conversations", "list").code()).isZero();

    assertThat(cli().atTerminal(80).typing("yes\n").run("users", "erase", "local").out())
        .isEqualTo("Erased: 2 messages and 1 typed line.\n");
  }

  @Test
  void aUserOfWhomNothingIsHeldEndsWithOne() {
    cli().run("users", "erase", "--yes", "local");
    assertThat(cli().run("users", "erase", "--yes", "local").code()).isEqualTo(1);

    Cli.Result result = cli().run("users", "erase", "--yes", "nobody");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Nothing is held of a user 'nobody'.");
    assertThat(cli().run("users", "erase", "--yes", " ").code()).isEqualTo(2);
    assertThat(cli().run("users").code()).isEqualTo(2);
  }

  @Test
  void whatSomebodyElseTypedHereStays() {
    cli().run("users", "erase", "--yes", "mari");
    assertThat(typed).exists();
  }

  private Cli cli() {
    return new Cli(home, parts);
  }
}
