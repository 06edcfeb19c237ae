package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.cli.terminal.DisplayWidth;
import io.kass.cli.terminal.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpPageTest {
  @TempDir Path home;

  static Stream<String> commands() {
    return Stream.concat(Stream.of("kass"), subcommands().keySet().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAPage(String command) {
    assertThat(HelpPage.of(command).text())
        .contains("NAME\n  kass", "SYNOPSIS\n", "EXAMPLES\n  $ kass ");
    assertThat(page("kass")).contains("kass " + (command.equals("kass") ? "ask" : command));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionIsOnThePageOfItsCommand(String command) {
    for (OptionSpec option : options(command)) {
      if (!option.inherited()) {
        assertThat(page(command)).contains("\n  " + String.join(", ", option.names()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionOnThePageIsThere(String command) {
    Set<String> names =
        options(command).stream()
            .flatMap(option -> Stream.of(option.names()))
            .collect(Collectors.toSet());
    page(command)
        .lines()
        .filter(line -> line.startsWith("  -"))
        .map(line -> line.strip().split("[ ,]", 2)[0])
        .forEach(name -> assertThat(names).contains(name));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyPageFitsEveryTerminal(String command) {
    for (int columns : new int[] {30, 40, 60, 80}) {
      List<String> lines = HelpPage.of(command).lines(columns, new Style(false));
      assertThat(lines).allMatch(line -> DisplayWidth.of(line) <= columns, columns + " columns");
    }
  }

  @Test
  void paragraphsAreFilledAgainOnANarrowTerminal() {
    List<String> lines = HelpPage.of("doctor").lines(40, new Style(false));

    assertThat(lines)
        .contains(
            " Looks at Java, the settings and where", " they come from, the data directory and");
  }

  @Test
  void tablesHangUnderTheirSecondColumnAndPathsStayWhole() {
    assertThat(HelpPage.of("chat").lines(40, new Style(false)))
        .contains(
            " Ctrl-C     stop the answer that is",
            "            coming, or clear what was",
            "            typed",
            " kass chat [--docs PATH]...",
            "     [--chunking MODE] [--conversation",
            " ~/.local/state/kass/chat-history");
    assertThat(HelpPage.of("chat").lines(22, new Style(false)))
        .contains(" Ctrl-C", "   stop the answer", "   that is coming, or");
  }

  @Test
  void aSynopsisHasALineForEachForm() {
    assertThat(HelpPage.of("kass").lines(40, new Style(false)))
        .contains(" kass ingest PATH...", " kass search QUERY", " kass chunks FILE");
  }

  @Test
  void helpIsReachedInEveryWay() {
    String page = HelpPage.of("ask").text();

    assertThat(new Cli(home).atTerminal(80).run("--color=never", "help", "ask").out())
        .isEqualTo(page);
    assertThat(new Cli(home).atTerminal(80).run("ask", "--help", "--color=never").out())
        .contains("kass ask - answer a question");
    assertThat(new Cli(home).run("ask", "-h").out()).isEqualTo(page);
    assertThat(new Cli(home).run("--help").out()).isEqualTo(HelpPage.of("kass").text());
    assertThat(new Cli(home).run("help").code()).isZero();
  }

  private static String page(String command) {
    return HelpPage.of(command).text();
  }

  /** The options of a command and, but for the root, of those below it. */
  private static List<OptionSpec> options(String command) {
    var options = new ArrayList<>(parser(command).getCommandSpec().options());
    if (!command.equals("kass")) {
      parser(command)
          .getSubcommands()
          .values()
          .forEach(below -> options.addAll(below.getCommandSpec().options()));
    }
    return options;
  }

  private static CommandLine parser(String command) {
    return subcommands().getOrDefault(command, root());
  }

  private static CommandLine root() {
    return CommandRunner.parser(new KassCommand());
  }

  private static Map<String, CommandLine> subcommands() {
    return new TreeMap<>(root().getSubcommands());
  }
}
