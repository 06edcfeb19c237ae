package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir Path home;

  @Test
  void everySectionIsKnownToTheCommandLine() {
    assertThat(Sections.DEFAULTS.keySet()).isEqualTo(CommandRunner.SECTIONS);
  }

  @Test
  void showsEverySettingAndWhereItComesFrom() throws IOException {
    Path file = home.resolve(".config/kass/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "[answers]\npassages = 5\n");

    Cli.Result result =
        new Cli(home)
            .with("KASS_CHAT_MODEL", "m")
            .run("config", "show", "--set", "chat.idle-timeout=250ms");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains(
            "answers.passages = 5  (" + file.toRealPath() + ")\n",
            "answers.quotes = 2  (default)\n",
            "chat.connect-timeout = 5s  (default)\n",
            "chat.idle-timeout = 250ms  (--set)\n",
            "chat.model = m  (KASS_CHAT_MODEL)\n",
            "chat.provider = openai  (default)\n",
            "chat.url =  (default)\n",
            "output.color = auto  (default)\n");
  }

  @Test
  void neverShowsASecret() {
    var cli =
        new Cli(home)
            .with("KASS_CHAT_KEY", "s3cret")
            .with("KASS_CHAT_MODEL", "m")
            .with("KASS_CHAT_URL", "http://localhost:1/v1?token=s3cret");

    assertThat(cli.run("config", "show").out())
        .contains("chat.key = ****", "chat.url = http://localhost:1/v1  ")
        .doesNotContain("s3cret");
    assertThat(cli.run("config", "show", "--json").out()).doesNotContain("s3cret");
  }

  @Test
  void showsOneSectionOrOneSetting() {
    assertThat(new Cli(home).run("config", "show", "ingestion").out().lines()).hasSize(2);
    assertThat(new Cli(home).run("config", "show", "answers.quotes").out().lines()).hasSize(1);
    Cli.Result wrong = new Cli(home).run("config", "show", "answers.qotes");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("'answers.qotes'");
  }

  @Test
  void theIndexIsSetByAPartOfItsBackend() throws IOException {
    Path file = Files.createDirectories(home.resolve(".config/kass")).resolve("config.toml");
    Files.writeString(file, "[embedded.index]\nexact-limit = 9\n");
    assertThat(new Cli(home).run("config", "show", "embedded.index-exact-limit").out())
        .startsWith("embedded.index-exact-limit = 9  (");
    assertThat(new Cli(home).run("config", "show", "embedded.index").out().lines()).hasSize(13);
    assertThat(new Cli(home).run("config", "show", "embedded.index.bm25-b").out().lines())
        .hasSize(1);
    Files.writeString(file, "[embedded.index]\nexct-limit = 9\n");
    Cli.Result wrong = new Cli(home).run("config", "show");
    assertThat(wrong.code()).isEqualTo(3);
    assertThat(wrong.err()).contains("'index-exct-limit'", "'index-exact-limit'");
  }

  @Test
  void aSettingThatDoesNotFitEndsWithThree() {
    assertThat(new Cli(home).with("KASS_ANSWERS_QUOTES", "0").run("config", "show").code())
        .isEqualTo(3);
  }

  @Test
  void saysWhereTheFileIs() throws IOException {
    String file = home.toRealPath().resolve(".config/kass/config.toml").toString();

    assertThat(new Cli(home).run("config", "path").out()).isEqualTo(file + "\n");
    JsonNode json = new Cli(home).run("config", "path", "--json").json();
    assertThat(json.get("file").asText()).isEqualTo(file);
    assertThat(json.get("exists").asBoolean()).isFalse();
    assertThat(home).isEmptyDirectory();
  }
}
