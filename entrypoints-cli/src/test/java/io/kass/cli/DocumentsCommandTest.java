package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsCommandTest {
  @TempDir Path home;
  private final FakeParts parts = new FakeParts();

  @BeforeEach
  void ingest() throws IOException {
    Files.createDirectories(home.resolve("docs/old"));
    Files.writeString(home.resolve("docs/a.md"), "# Gateway\n\nThe gateway waits 8 seconds.\n");
    Files.writeString(home.resolve("docs/old/b.md"), "The office opens at nine.\n");
    Files.write(home.resolve("docs/junk"), new byte[] {0, 1});
    cli().run("ingest", "docs");
  }

  @Test
  void listsWhatWasIngestedAndWhatWasSkipped() {
    Cli.Result result = cli().run("documents", "list");

    assertThat(result.code()).isZero();
    assertThat(result.out().lines().map(line -> line.replaceFirst("^[-0-9]{10} [0-9:]{5}", "T")))
        .containsExactly(
            "T        1  docs/a.md",
            "T  skipped  docs/junk",
            "                           It is binary data.",
            "T        1  docs/old/b.md");
  }

  @Test
  void eachDocumentTakesTwoLinesWhereThereIsLittleRoom() {
    assertThat(cli().atTerminal(40).with("NO_COLOR", "1").run("documents", "list").out())
        .containsPattern("docs/a.md\n  [-0-9]{10} [0-9:]{5}  1 passage\n");
  }

  @Test
  void listsAFolderOrAFileOrWhatIsGone() throws IOException {
    assertThat(cli().run("documents", "list", "docs/old").out())
        .contains("b.md")
        .doesNotContain("a.md");
    assertThat(cli().run("documents", "list", "docs/a.md").out()).doesNotContain("b.md");
    Files.delete(home.resolve("docs/old/b.md"));
    Files.delete(home.resolve("docs/old"));
    assertThat(cli().run("documents", "list", "docs/old").out()).contains("b.md");
    String id = home.toRealPath().resolve("docs/a.md").toString();
    assertThat(cli().in(Path.of("/")).run("documents", "list", id).out()).contains("a.md");
  }

  @Test
  void listsOnlyWhatWasSkipped() {
    assertThat(cli().run("documents", "list", "--skipped").out())
        .contains("docs/junk")
        .doesNotContain("a.md");
    Cli.Result none = cli().run("documents", "list", "--skipped", "docs/old");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.out()).isEqualTo("No document of docs/old was skipped.\n");
  }

  @Test
  void listsAsJson() {
    JsonNode json = cli().run("documents", "list", "--json").json();

    assertThat(json.get("documents")).hasSize(3);
    assertThat(json.at("/documents/0").fieldNames())
        .toIterable()
        .containsExactly("document", "reference", "state", "chunks", "at", "cause", "message");
    assertThat(json.at("/documents/1/cause").asText()).isEqualTo("unsupported");
    Cli.Result none = cli().run("documents", "list", "--json", "nowhere");
    assertThat(none.json().get("documents")).isEmpty();
    assertThat(none.code()).isEqualTo(1);
  }

  @Test
  void showsThePassagesOfADocumentAndWhereTheyStand() {
    Cli.Result result = cli().run("documents", "show", "docs/a.md");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith("docs/a.md\n1 passage, read ")
        .contains("\ndocs/a.md:1-3\n", "  # Gateway The gateway waits 8 seconds.\n");
    assertThat(cli().run("documents", "show", "--text", "docs/a.md").out())
        .contains("  # Gateway\n  \n  The gateway waits");
  }

  @Test
  void passagesAreInTheOrderOfTheDocument() throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append("Paragraph ").append(i).append(". ").append("word ".repeat(40)).append("\n\n");
    }
    Files.writeString(home.resolve("docs/long.txt"), text);
    cli().run("ingest", "docs");

    JsonNode passages =
        cli().run("documents", "show", "--json", "docs/long.txt").json().get("passages");

    assertThat(passages.size()).isGreaterThan(20);
    long before = -1;
    for (JsonNode passage : passages) {
      assertThat(passage.at("/place/span/0").asLong()).isGreaterThan(before);
      before = passage.at("/place/span/0").asLong();
    }
  }

  @Test
  void showsWhyADocumentWasSkipped() {
    assertThat(cli().run("documents", "show", "docs/junk").out()).contains("It is binary data.");
  }

  @Test
  void whatWasNeverIngestedEndsWithOne() {
    Cli.Result result = cli().run("documents", "show", "docs/never.md");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("'docs/never.md' was not ingested", "kass documents list");
    assertThat(cli().run("documents", "remove", "-y", "docs/never.md").code()).isEqualTo(1);
  }

  @Test
  void removesAFolderUntilItIsIngestedAgain() {
    Cli.Result result = cli().run("documents", "remove", "--yes", "docs/old");

    assertThat(result.code()).isZero();
    assertThat(result.out()).startsWith("1 document removed.").contains("kass ingest");
    assertThat(cli().run("documents", "list").out()).doesNotContain("b.md");
    assertThat(cli().run("search", "office opens").out()).doesNotContain("b.md");
    assertThat(home.resolve("docs/old/b.md")).exists();
    assertThat(cli().run("ingest", "docs").out()).contains("1 indexed");
  }

  @Test
  void asksBeforeItRemoves() {
    Cli.Result no = cli().atTerminal(80).typing("n\n").run("documents", "remove", "docs");

    assertThat(no.err()).contains("Remove 3 documents from the index? The files stay. [y/N] ");
    assertThat(no.out()).isEqualTo("Nothing was removed.\n");
    assertThat(cli().atTerminal(80).typing("").run("documents", "remove", "docs").out())
        .isEqualTo("Nothing was removed.\n");
    assertThat(cli().atTerminal(80).typing("y\n").run("documents", "remove", "docs").out())
        .startsWith("3 documents removed.");
  }

  @Test
  void withNobodyToAskItWantsYes() {
    Cli.Result result = cli().typing("y\n").run("documents", "remove", "docs");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--yes");
    assertThat(cli().run("documents", "list").out()).contains("a.md");
    assertThat(
            cli()
                .run("documents", "remove", "--yes", "--json", "docs")
                .json()
                .get("removed")
                .asInt())
        .isEqualTo(3);
  }

  @Test
  void aloneItSaysWhatCanBeDone() {
    assertThat(cli().run("documents").code()).isEqualTo(2);
    assertThat(cli().run("documents").err()).contains("list, show or remove");
  }

  private Cli cli() {
    return new Cli(home, parts);
  }
}
