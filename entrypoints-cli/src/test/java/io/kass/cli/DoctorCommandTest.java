package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kass.ports.chat.ScriptedChatModel;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path home;
  private final FakeParts parts = new FakeParts();

  @Test
  void saysThatAllIsWell() {
    Cli.Result result = cli().run("doctor");

    assertThat(result.code()).isZero();
    assertThat(result.out().lines()).allMatch(line -> line.matches("(ok  |warn)  [a-z]+ +\\S.*"));
    assertThat(result.out())
        .contains(
            "java", "settings", "data", "embeddings", "no language model: answers are quotes");
  }

  @Test
  void changesNothing() {
    cli().run("doctor");

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void saysWhatIsSetAndWhereButNeverTheValue() {
    Cli.Result result =
        cli()
            .with("KASS_CHAT_URL", "http://localhost:1/v1")
            .with("KASS_CHAT_MODEL", "m")
            .with("KASS_CHAT_KEY", "s3cret")
            .run("doctor");

    assertThat(result.out())
        .contains("chat.key (KASS_CHAT_KEY)", "chat.url (KASS_CHAT_URL)")
        .doesNotContain("s3cret");
  }

  @Test
  void aSettingThatDoesNotFitFails() {
    Cli.Result result = cli().with("KASS_ANSWERS_QUOTES", "0").run("doctor");

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.out()).contains("fail  settings");
  }

  @Test
  void warnsOfAPasswordThatOthersCanRead() throws IOException {
    Path file = Files.createDirectories(home.resolve(".config/kass")).resolve("config.toml");
    Files.writeString(file, "[legacy]\n\"postgres-password\" = \"s3cret\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(cli().run("doctor").out())
        .containsPattern("warn  settings .*chmod 600 .*config\\.toml")
        .doesNotContain("s3cret");
  }

  @Test
  void warnsOfAKeyThatOthersCanRead() throws IOException {
    Path file = Files.createDirectories(home.resolve(".config/kass")).resolve("config.toml");
    Files.writeString(
        file, "[chat]\nurl = \"http://localhost:1/v1\"\nmodel = \"m\"\nkey = \"s3cret\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    Cli.Result warned = cli().run("doctor");

    assertThat(warned.code()).isZero();
    assertThat(warned.out())
        .containsPattern("warn  settings .*chmod 600 .*config\\.toml")
        .contains("embeddings")
        .doesNotContain("s3cret");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(cli().run("doctor").out()).contains("ok    settings");
  }

  @Test
  void warnsOfADataDirectoryThatOthersCanRead() throws IOException {
    Path data = Files.createDirectories(home.resolve(".local/share/kass"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(cli().run("doctor").out()).containsPattern("warn  data .*chmod 700 .*kass");
  }

  @Test
  void aModelThatAnswersIsWell() {
    parts.with(ScriptedChatModel.create().say("OK"));

    assertThat(cli().run("doctor").out()).containsPattern("ok    chat +\\S+ answers");
  }

  @Test
  void aModelOutOfReachFailsWithWhatToDo() {
    parts.with(ScriptedChatModel.create().fail(new Unavailable("Nobody is there.")));

    Cli.Result result = cli().run("doctor");

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.out()).containsPattern("fail  chat +Nobody is there\\.");
  }

  @Test
  void anIndexThatDoesNotFitFailsWithWhatToDo() throws IOException {
    Files.createDirectories(home.resolve(".local/share/kass"));
    parts.wrapping(index ->
        AskCommandTest.failing(index, "description", new Misconfigured("Rebuild the index.")));

    Cli.Result result = cli().run("doctor");

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.out()).containsPattern("fail  index +Rebuild the index\\.");
    assertThat(result.out()).contains("embeddings");
  }

  @Test
  void writesOneJsonDocument() {
    JsonNode json = cli().run("doctor", "--json").json();

    assertThat(json.fieldNames()).toIterable().containsExactly("healthy", "checks");
    assertThat(json.get("healthy").asBoolean()).isTrue();
    assertThat(json.at("/checks/0").fieldNames())
        .toIterable()
        .containsExactly("name", "status", "message");
  }

  private Cli cli() {
    return new Cli(home, parts);
  }
}
