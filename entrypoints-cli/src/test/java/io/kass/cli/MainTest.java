package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path home;

  @Test
  void printsTheVersionOfTheBuild() {
    Cli.Result result = new Cli(home).run("--version");

    assertThat(result.code()).isZero();
    assertThat(result.out().strip()).matches("kass \\d+\\.\\d+\\.\\d+.*").isEqualTo(Version.line());
  }

  @Test
  void homeIsWhatTheShellCallsSo() {
    assertThat(Main.home(Map.of("HOME", "/home/mari"), "/root")).hasToString("/home/mari");
  }

  @Test
  void homeIsTheUserDatabasesWhereTheShellSaysNothing() {
    assertThat(Main.home(Map.of(), "/root")).hasToString("/root");
    assertThat(Main.home(Map.of("HOME", "not/absolute"), "/root")).hasToString("/root");
    assertThat(Main.home(Map.of("HOME", ""), "/root")).hasToString("/root");
  }

  @Test
  void refusesWithoutACommand() {
    Cli.Result result = new Cli(home).run();

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("kass: ").contains("kass ask --docs");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void refusesAnUnknownOptionWithTheNearestOne() {
    Cli.Result result = new Cli(home).run("help", "--jsn");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("'--jsn'").contains("--json");
  }

  @Test
  void refusesAnUnknownCommandWithTheNearestOne() {
    Cli.Result result = new Cli(home).run("hlep");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("'hlep'").contains("help");
  }

  @Test
  void failuresAreOneJsonDocumentWhenAskedFor() throws JsonProcessingException {
    Cli.Result result = new Cli(home).run("help", "nonsense", "--json");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).isEmpty();
    JsonNode error = new ObjectMapper().readTree(result.out()).get("error");
    assertThat(error.get("kind").asText()).isEqualTo("invalid-request");
    assertThat(error.get("message").asText()).contains("nonsense");
  }

  @Test
  void usageFailuresAreJsonTooWhenAskedFor() throws JsonProcessingException {
    Cli.Result result = new Cli(home).run("--json", "--nonsense");

    assertThat(result.code()).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(result.out()).at("/error/message").asText())
        .contains("--nonsense");
  }

  @Test
  void aWrongSettingEndsWithThree() {
    Cli.Result result = new Cli(home).with("KASS_OUTPUT_COLR", "never").run("help");

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("Did you mean 'color'?").doesNotContain("\tat ");
  }

  @Test
  void aReaderThatGoesAwayIsNoError() {
    Cli.Result result = new Cli(home).to(failing("whatever it is called here"), true).run("help");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aFullDiskIsAnError() {
    Cli.Result result = new Cli(home).to(failing("No space left on device"), false).run("help");

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).contains("could not be written: No space left on device");
  }

  @Test
  void coloursFollowTheTerminalTheEnvironmentAndTheFlag() {
    assertThat(new Cli(home).run("help").out()).doesNotContain("\u001b");
    assertThat(new Cli(home).atTerminal(80).run("help").out()).contains("\u001b[1m");
    assertThat(new Cli(home).atTerminal(80).with("NO_COLOR", "1").run("help").out())
        .doesNotContain("\u001b");
    assertThat(new Cli(home).atTerminal(80).with("TERM", "dumb").run("help").out())
        .doesNotContain("\u001b");
    assertThat(new Cli(home).with("NO_COLOR", "1").run("help", "--color=always").out())
        .contains("\u001b[1m");
    assertThat(new Cli(home).atTerminal(80).run("--color", "never", "help").out())
        .doesNotContain("\u001b");
  }

  @Test
  void ornamentsBecomePlainWhereTheCharsetHasNone() {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new EncodableWriter(bytes, StandardCharsets.ISO_8859_1)) {
      writer.write("│ Größe › b …");
    } catch (IOException e) {
      throw new AssertionError(e);
    }

    assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).isEqualTo("| Größe > b ...");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
