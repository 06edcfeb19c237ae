package io.kass.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.error.KassException.Misconfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KassConfigTest {
  @TempDir Path home;

  @Test
  void defaultsNeedNoFileAndNoHomeDirectory() {
    KassConfig config = load(Flags.NONE, Map.of());

    assertThat(config.data().dir()).isEqualTo(home.resolve(".local/share/kass"));
    assertThat(config.output()).isEqualTo(OutputConfig.DEFAULTS);
    assertThat(config.backend()).isEqualTo(new BackendConfig("embedded"));
    assertThat(config.file()).isEqualTo(home.resolve(".config/kass/config.toml"));
    assertThat(config.origins()).isEmpty();
  }

  @Test
  void everyKeyCanBeSetInTheFile() throws IOException {
    write(
        """
        [data]
        dir = "/srv/kass"
        [output]
        color = "never"
        zone = "Asia/Tokyo"
        [backend]
        name = "other"
        [chat]
        url = "http://localhost:1234/v1"
        "max-tokens" = 12
        stream = true
        """);

    KassConfig config = load(Flags.NONE, Map.of());

    assertThat(config.data()).isEqualTo(new DataConfig(Path.of("/srv/kass")));
    assertThat(config.output())
        .isEqualTo(new OutputConfig(OutputConfig.Color.NEVER, ZoneId.of("Asia/Tokyo")));
    assertThat(config.backend()).isEqualTo(new BackendConfig("other"));
    assertThat(config.section("chat").values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("url", "http://localhost:1234/v1", "max-tokens", "12", "stream", "true"));
    assertThat(DataConfig.class.getRecordComponents()).hasSize(1);
    assertThat(OutputConfig.class.getRecordComponents()).hasSize(2);
    assertThat(BackendConfig.class.getRecordComponents()).hasSize(1);
  }

  @Test
  void theEnvironmentOverrulesTheFileAndFlagsOverruleTheEnvironment() throws IOException {
    write("[chat]\nurl = \"file\"\nmodel = \"file\"\nkey = \"file\"\n[data]\ndir = \"/file\"\n");
    var environment =
        Map.of("KASS_CHAT_MODEL", "env", "KASS_CHAT_KEY", "env", "KASS_DATA_DIR", "/env");
    var flags = new Flags(null, "/flag", "always", null, List.of("chat.key=flag", "chat.key=last"));

    KassConfig config = load(flags, environment);

    assertThat(config.section("chat").values())
        .containsExactlyInAnyOrderEntriesOf(Map.of("url", "file", "model", "env", "key", "last"));
    assertThat(config.data().dir()).isEqualTo(Path.of("/flag"));
    assertThat(config.output().color()).isEqualTo(OutputConfig.Color.ALWAYS);
    assertThat(config.origins())
        .containsExactly(
            Map.entry("chat.key", "--set"),
            Map.entry("chat.model", "KASS_CHAT_MODEL"),
            Map.entry("chat.url", home.resolve(".config/kass/config.toml").toString()),
            Map.entry("data.dir", "--data-dir"),
            Map.entry("output.color", "--color"));
  }

  @Test
  void aTableInATableIsAPartOfItsSection() throws IOException {
    write("[chat]\nurl = \"file\"\n[chat.retry]\ntimes = 3\npause = \"1s\"\n");
    var flags = new Flags(null, null, null, null, List.of("chat.retry.pause=2s"));

    KassConfig config = load(flags, Map.of("KASS_CHAT_RETRY_TIMES", "4"));

    assertThat(config.section("chat").values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("url", "file", "retry-times", "4", "retry-pause", "2s"));
  }

  @Test
  void aSettingThatStandsTwiceInTheFileIsRefused() throws IOException {
    write("[chat]\nretry-times = 3\n[chat.retry]\ntimes = 3\n");
    assertThatThrownBy(() -> load(Flags.NONE, Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'chat.retry-times' is set twice");
  }

  @Test
  void xdgVariablesMoveEverything() {
    var environment =
        Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d", "XDG_CACHE_HOME", "relative");

    KassConfig config = load(Flags.NONE, environment);

    assertThat(config.directories())
        .isEqualTo(
            new Directories(
                Path.of("/c/kass"),
                Path.of("/d/kass"),
                home.resolve(".cache/kass"),
                home.resolve(".local/state/kass")));
    assertThat(config.data().dir()).isEqualTo(Path.of("/d/kass"));
  }

  @ParameterizedTest
  @CsvSource({"~/k, k", "~, ''"})
  void aTildeIsTheHomeDirectory(String text, String below) {
    assertThat(load(Flags.NONE, Map.of("KASS_DATA_DIR", text)).data().dir())
        .isEqualTo(home.resolve(below).normalize());
  }

  @Test
  void aRelativeDirectoryIsRelativeToTheWorkingDirectoryButNotInAFile() throws IOException {
    assertThat(load(Flags.NONE, Map.of("KASS_DATA_DIR", "x/../here")).data().dir())
        .isEqualTo(home.resolve("work/here"));

    write("[data]\ndir = \"here\"\n");
    assertThatThrownBy(() -> load(Flags.NONE, Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("must begin with / or ~/");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOneAndItsOrigin() {
    assertThatThrownBy(() -> load(Flags.NONE, Map.of("KASS_OUTPUT_COLOUR", "never")))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "Unknown setting 'colour' in section 'output'. Did you mean 'color'?"
                + " (colour was set by KASS_OUTPUT_COLOUR)");
  }

  @Test
  void anUnknownSectionIsRefusedWithTheNearestOneAndItsOrigin() {
    assertThatThrownBy(() -> load(Flags.NONE, Map.of("KASS_CHATS_URL", "x")))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "Unknown section 'chats' of settings, set by KASS_CHATS_URL. Did you mean 'chat'?");
  }

  @Test
  void aValueThatDoesNotFitIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> load(new Flags(null, null, "blue", null, List.of()), Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'blue' is not one of auto, always, never")
        .hasMessageContaining("--color");
  }

  @Test
  void theLaunchersVariablesAndEmptyOnesAreNoSettings() {
    var environment = Map.of("KASS_JAVA_HOME", "/jdk", "KASS_JAVA_OPTS", "-Xmx1g", "KASS_X_Y", "");

    assertThat(load(Flags.NONE, environment).origins()).isEmpty();
  }

  @Test
  void aVariableThatNamesNoKeyIsRefused() {
    assertThatThrownBy(() -> load(Flags.NONE, Map.of("KASS_CHAT", "x")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("KASS_SECTION_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "chat.url", "=x", "chat.=x", ".url=x", "url=a.b"})
  void aMalformedSetFlagIsRefused(String assignment) {
    var flags = new Flags(null, null, null, null, List.of(assignment));

    assertThatThrownBy(() -> load(flags, Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("SECTION.KEY=VALUE");
  }

  @Test
  void aMalformedFileIsRefusedWithItsLineAndWithoutItsContent() throws IOException {
    write("[chat]\nurl = \"fine\"\nkey = s3cret\n");

    assertThatThrownBy(() -> load(Flags.NONE, Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("config.toml")
        .hasMessageNotContaining("cret");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    write("");
    Files.write(home.resolve(".config/kass/config.toml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

    assertThatThrownBy(() -> load(Flags.NONE, Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aNamedFileMustBeThere() {
    assertThatThrownBy(
            () -> load(new Flags(Path.of("no.toml"), null, null, null, List.of()), Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("no.toml");
  }

  @Test
  void aNamedFileIsReadInsteadOfTheUsualOne() throws IOException {
    write("[output]\ncolor = \"never\"\n");
    Path other = Files.writeString(home.resolve("other.toml"), "[output]\ncolor = \"always\"\n");

    assertThat(load(new Flags(other, null, null, null, List.of()), Map.of()).output().color())
        .isEqualTo(OutputConfig.Color.ALWAYS);
  }

  @Test
  void aSettingOutsideOfASectionAndAListOfListsAreRefused() throws IOException {
    write("url = \"x\"\n");
    assertThatThrownBy(() -> load(Flags.NONE, Map.of())).hasMessageContaining("outside");

    write("[chat]\ndeep = [[1]]\n");
    assertThatThrownBy(() -> load(Flags.NONE, Map.of()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("chat.deep");
  }

  @Test
  void listsAreJoined() throws IOException {
    write("[chat]\nstop = [\"a\", \"b\"]\n");

    assertThat(load(Flags.NONE, Map.of()).section("chat").get("stop")).isEqualTo("a,b");
  }

  private KassConfig load(Flags flags, Map<String, String> environment) {
    return KassConfig.load(
        flags, Set.of("chat", "embedded"), environment, home, home.resolve("work"));
  }

  private void write(String text) throws IOException {
    Path file = home.resolve(".config/kass/config.toml");
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
