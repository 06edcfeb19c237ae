package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsTheVersionOfTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString().strip())
        .matches("kass \\d+\\.\\d+\\.\\d+.*")
        .isEqualTo(Version.line());
  }

  @Test
  void refusesWithoutACommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).startsWith("Missing command").contains("Usage: kass");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
