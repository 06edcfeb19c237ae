package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kass.cli.terminal.DisplayWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchCommandTest {
  @TempDir Path home;
  private final FakeParts parts = new FakeParts();

  @BeforeEach
  void ingest() throws IOException {
    Files.createDirectory(home.resolve("docs"));
    Files.writeString(
        home.resolve("docs/gateway.md"), "# Gateway\n\nThe gateway waits 8 seconds.\n");
    Files.writeString(home.resolve("docs/long.txt"), "gateway and more words ".repeat(30) + "\n");
    assertThat(new Cli(home, parts).run("ingest", "docs").code()).isZero();
  }

  @Test
  void showsPassagesWithWhereTheyStand() {
    Cli.Result result =
        new Cli(home, parts).run("search", "--mode", "keyword", "--limit", "1", "waits seconds");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .matches("1\\. docs/gateway\\.md:1-3  \\d\\.\\d{3}\n   Gateway\n   .*8 seconds\\.\n");
  }

  @Test
  void fitsANarrowTerminal() {
    Cli.Result result =
        new Cli(home, parts).atTerminal(40).run("search", "--color=never", "gateway");

    assertThat(result.out().lines()).allMatch(line -> DisplayWidth.of(line) <= 40);
    assertThat(result.out()).contains("…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keyword", "vector", "hybrid", "HYBRID"})
  void searchesInEveryMode(String mode) {
    JsonNode json =
        new Cli(home, parts).run("search", "--json", "--mode", mode, "gateway waits").json();

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("query", "mode", "language", "relevance", "relevant", "passages");
    assertThat(json.get("passages")).isNotEmpty();
    assertThat(json.at("/passages/0").fieldNames())
        .toIterable()
        .containsExactly("document", "reference", "place", "score", "text");
  }

  @Test
  void findingNothingEndsWithOne() {
    Cli.Result result = new Cli(home, parts).run("search", "--mode", "keyword", "zymurgy");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("Nothing was found.\n");
  }

  @Test
  void whatIsOnlyTheNearestIsSaidToBe() {
    assertThat(new Cli(home, parts).run("search", "zymurgy").out())
        .startsWith("None of these seems to be about that");
    assertThat(new Cli(home, parts).run("search", "gateway waits").out())
        .doesNotContain("None of these");
  }

  @Test
  void wrongOptionsEndWithTwo() {
    assertThat(new Cli(home, parts).run("search", "--limit", "0", "x").code()).isEqualTo(2);
    assertThat(new Cli(home, parts).run("search", "--mode", "psychic", "x").err())
        .contains("psychic");
    assertThat(new Cli(home, parts).run("search").code()).isEqualTo(2);
  }

  @Test
  void anEmptyIndexEndsWithOne() {
    Cli.Result result = new Cli(home, new FakeParts()).run("search", "x");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Nothing was ingested yet");
  }
}
