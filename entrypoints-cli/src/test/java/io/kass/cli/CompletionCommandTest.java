package io.kass.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script for bash in a real bash; those for other shells by what is in them. */
class CompletionCommandTest {
  @TempDir Path home;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(home.resolve("my docs"));
    Files.writeString(home.resolve("my * note.txt"), "");
    Files.writeString(home.resolve("other"), "");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesCommands() throws Exception {
    assertThat(complete("kass", "")).contains("ask", "chunks", "documents", "completion");
    assertThat(complete("kass", "do")).containsExactly("documents", "doctor");
    assertThat(complete("kass", "documents", "")).containsExactly("list", "show", "remove");
    assertThat(complete("kass", "--quiet", "--config", "documents", "conversations", "l"))
        .containsExactly("list");
    assertThat(complete("kass", "help", "ev")).containsExactly("eval");
    assertThat(complete("kass", "completion", "")).containsExactly("bash", "zsh", "fish");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesOptionsOfTheCommand() throws Exception {
    assertThat(complete("kass", "ingest", "--re")).containsExactly("--rebuild");
    assertThat(complete("kass", "ask", "--re")).isEmpty();
    assertThat(complete("kass", "documents", "list", "--s")).contains("--skipped", "--set");
    assertThat(complete("kass", "--vers")).containsExactly("--version");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesValues() throws Exception {
    assertThat(complete("kass", "ask", "--color", "a")).containsExactly("auto", "always");
    assertThat(complete("kass", "--color", "=", "n")).containsExactly("never");
    assertThat(complete("kass", "--color", "=")).containsExactly("auto", "always", "never");
    assertThat(complete("kass", "--color=n")).containsExactly("--color=never");
    assertThat(complete("kass", "--color", "=", "never", "chunks", "ot")).containsExactly("other");
    assertThat(complete("kass", "search", "--mode", "")).isNotEmpty();
    assertThat(complete("kass", "--set", "")).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesFilesWhateverTheyAreCalled() throws Exception {
    assertThat(complete("kass", "ingest", "other", "my"))
        .containsExactlyInAnyOrder("my docs", "my * note.txt");
    assertThat(complete("kass", "ask", "--docs", "my")).hasSize(2);
    assertThat(complete("kass", "ask", "--data-dir", "")).containsExactly("my docs");
    assertThat(complete("kass", "ask", "m")).isEmpty();
  }

  @Test
  void zshReadsTheSameThroughItsEmulation() {
    String script = new Cli(home).run("completion", "zsh").out();

    assertThat(script)
        .startsWith("#compdef kass\n")
        .contains("bashcompinit", "_kass() {")
        .endsWith("complete -o filenames -F _kass kass\n");
  }

  @Test
  void fishHasEveryCommandAndOption() {
    String script = new Cli(home).run("completion", "fish").out();

    assertThat(script)
        .contains(
            "complete -c kass -n \"__kass_at ''\" -a ask -d 'answer a question",
            "complete -c kass -n \"__kass_at 'documents'\" -a list ",
            "complete -c kass -n \"__kass_at 'documents list'\" -l skipped\n",
            "complete -c kass -n \"__kass_at 'ingest'\" -F\n",
            "complete -c kass -n \"__kass_at 'ask'\" -l color -x -a 'auto always never'\n",
            "complete -c kass -n \"__kass_at 'ask'\" -l config -r -F\n",
            "complete -c kass -n \"__kass_at 'ask'\" -s q -l quiet\n",
            " 'ask:--docs'",
            "case 'documents:list'\n");
  }

  @Test
  void anUnknownShellIsRefused() {
    Cli.Result result = new Cli(home).run("completion", "tcsh");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo("kass: There is no completion for 'tcsh'. There is for bash, zsh and fish.\n");
  }

  @Test
  void isJsonWhereThatIsAskedFor() {
    Cli.Result result = new Cli(home).run("completion", "--json", "bash");

    assertThat(result.json().get("shell").asText()).isEqualTo("bash");
    assertThat(result.json().get("script").asText())
        .isEqualTo(new Cli(home).run("completion", "bash").out());
  }

  /** What bash offers for the last of these words. */
  private List<String> complete(String... words) throws Exception {
    Path script = Files.writeString(home.resolve(".completion"), script());
    var command =
        new ArrayList<>(
            List.of(
                "bash",
                "--norc",
                "-uc",
                """
                source "$1"
                shift
                COMP_WORDS=("$@")
                COMP_CWORD=$(($# - 1))
                _kass
                printf '%s\\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"}
                complete -p kass
                """,
                "bash",
                script.toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out).endsWith("complete -F _kass kass\n");
    return out.lines().filter(line -> !line.isEmpty() && !line.startsWith("complete -F")).toList();
  }

  private String script() {
    Cli.Result result = new Cli(home).run("completion", "bash");
    assertThat(result.code()).isZero();
    return result.out();
  }
}
