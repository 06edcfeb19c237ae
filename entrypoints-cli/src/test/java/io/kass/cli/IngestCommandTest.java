package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kass.ports.error.KassException.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandTest {
  @TempDir Path home;
  private final FakeParts parts = new FakeParts();

  @BeforeEach
  void writeDocuments() throws IOException {
    Files.createDirectory(home.resolve("docs"));
    Files.writeString(home.resolve("docs/a.md"), "The gateway waits 8 seconds.\n");
    Files.writeString(home.resolve("docs/b.md"), "The office opens at nine.\n");
  }

  @Test
  void saysWhatItDid() {
    Cli.Result result = cli().run("ingest", "docs");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .matches("2 documents: 2 indexed\\. 2 new passages in \\d+\\.\\d s\\.\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void quietSaysNothingWhenAllWentWell() {
    assertThat(cli().run("ingest", "--quiet", "docs").out()).isEmpty();
  }

  @Test
  void namesWhatItSkippedAndWhyEveryTime() throws IOException {
    Files.write(home.resolve("docs/junk"), new byte[] {0, 1});
    Files.writeString(home.resolve("docs/nothing.txt"), "");

    Cli.Result first = cli().run("ingest", "docs");
    Cli.Result again = cli().run("ingest", "docs");

    assertThat(first.code()).isEqualTo(5);
    assertThat(first.out())
        .contains("2 skipped")
        .contains("Skipped docs/junk: It is binary data.\n")
        .contains("Skipped docs/nothing.txt: It is empty.\n");
    assertThat(again.code()).isEqualTo(5);
    assertThat(again.out()).contains("Skipped docs/junk");
  }

  @Test
  void summaryIsJsonWhenAskedFor() throws IOException {
    Files.write(home.resolve("docs/junk"), new byte[] {0, 1});

    Cli.Result result = cli().run("ingest", "--json", "docs");

    assertThat(result.code()).isEqualTo(5);
    JsonNode json = result.json();
    assertThat(json.at("/paths/0").asText())
        .isEqualTo(home.toRealPath().resolve("docs").toString());
    JsonNode ingestion = json.get("ingestion");
    assertThat(ingestion.fieldNames())
        .toIterable()
        .containsExactly(
            "documents", "unchanged", "indexed", "removed", "chunks", "seconds", "skipped");
    assertThat(ingestion.get("documents").asInt()).isEqualTo(3);
    assertThat(ingestion.get("indexed").asInt()).isEqualTo(2);
    JsonNode skipped = ingestion.at("/skipped/0");
    assertThat(skipped.fieldNames())
        .toIterable()
        .containsExactly("document", "reference", "cause", "message", "known");
    assertThat(skipped.get("cause").asText()).isEqualTo("unsupported");
    assertThat(skipped.get("known").asBoolean()).isFalse();
  }

  @Test
  void anEmptyFolderEndsWithOne() throws IOException {
    Files.createDirectory(home.resolve("empty"));

    Cli.Result result = cli().run("ingest", "empty");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("There are no documents in empty.\n");
  }

  @Test
  void anotherWriterEndsWithSix() {
    parts.wrapping(
        index -> AskCommandTest.failing(index, "claim", new Rejected("Another one writes.")));

    Cli.Result result = cli().run("ingest", "docs");

    assertThat(result.code()).isEqualTo(6);
    assertThat(result.err()).isEqualTo("kass: Another one writes.\n");
  }

  @Test
  void aPathIsNeeded() {
    assertThat(cli().run("ingest").code()).isEqualTo(2);
    assertThat(cli().run("ingest", "docs", "nowhere").code()).isEqualTo(2);
  }

  @Test
  void rebuildBeginsWithAnEmptyIndex() throws IOException {
    cli().run("ingest", "docs");
    Files.createDirectory(home.resolve("other"));
    Files.writeString(home.resolve("other/c.md"), "Backups run every night.\n");

    assertThat(cli().run("ingest", "--rebuild", "other").out()).contains("1 indexed");
    assertThat(cli().run("search", "gateway").out()).doesNotContain("a.md");
  }

  @Test
  void aChunkingThatIsNotThereIsRefusedBeforeAnythingIsRead() {
    Cli.Result result = cli().run("ingest", "--chunking", "semantic:1000/200", "docs");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("'semantic:1000/200'").contains("langchain:1000/200");
  }

  @Test
  void progressIsShownOnATerminalAndLeavesNoTrace() {
    Cli.Result result = cli().atTerminal(60).run("ingest", "docs");

    assertThat(result.err())
        .contains("\rIndexing 0/2 files")
        .endsWith("\r" + " ".repeat(59) + "\r");
    assertThat(cli().atTerminal(60).run("ingest", "-q", "docs").err()).isEmpty();
  }

  private Cli cli() {
    return new Cli(home, parts);
  }
}
