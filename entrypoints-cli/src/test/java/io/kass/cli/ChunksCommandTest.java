package io.kass.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kass.ports.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the real readers and chunkers: what it shows is what would be indexed. */
class ChunksCommandTest {
  private static final String LEAVE =
      "# Leave\n\nTwenty days a year.\n\n## Sick leave\n\nCall before nine.\n"
          + "Sick days are paid. ".repeat(70)
          + "\n\n## Notice\n\n"
          + "Ask two weeks before. ".repeat(45);

  @TempDir Path home;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(home.resolve("docs"));
    Files.writeString(home.resolve("docs/leave.md"), LEAVE);
    Files.writeString(home.resolve("docs/note.txt"), "One line.\n");
  }

  @Test
  void showsWhereEachPassageStandsItsSizeAndItsBeginning() {
    Cli.Result result = cli().run("chunks", "docs/note.txt");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            docs/note.txt

            docs/note.txt:1  9 characters
              One line.

            1 passage of 9 characters. Read as text, cut by recursive-1:1000/150.
            """);
    assertThat(cli().run("chunks", "docs/leave.md").out())
        .contains(
            "\ndocs/leave.md:1-", "\n  Leave › Sick leave\n", ", cut by markdown-1:1200/200.\n")
        .containsPattern("\n[0-9]+ passages of [0-9]+ to [0-9]+ characters, [0-9]+ on average\\. ");
  }

  @Test
  void showsPassagesWhole() {
    assertThat(cli().run("chunks", "docs/leave.md").out()).doesNotContain("Call before nine.\n");
    assertThat(cli().run("chunks", "--text", "docs/leave.md").out())
        .contains("  Call before nine.\n");
  }

  @Test
  void cutsAsItIsAskedOrSet() {
    assertThat(cli().run("chunks", "--chunking", "langchain:300/50", "docs/leave.md").out())
        .contains(", cut by langchain-1:300/50.\n");
    assertThat(cli().with("KASS_CHUNKING_MARKDOWN", "400/40").run("chunks", "docs/leave.md").out())
        .contains(", cut by markdown-1:400/40.\n");
    Cli.Result wrong = cli().run("chunks", "--chunking", "semantic:1/1", "docs/leave.md");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("'semantic:1/1'").contains("sentences:SIZE/OVERLAP");
  }

  @Test
  void aChangeIsCutByTokens() throws IOException {
    Files.writeString(
        home.resolve("docs/fix.patch"),
        "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1,900 @@\n-old\n"
            + "+a line of some ten tokens or so\n".repeat(900));
    assertThat(cli().run("chunks", "docs/fix.patch").out())
        .contains("cut by change-1:600/100:cl100k_base.")
        .contains("a.txt:1-");
  }

  @Test
  void linesFitTheTerminal() {
    assertThat(cli().atTerminal(40).with("NO_COLOR", "1").run("chunks", "docs/leave.md").out())
        .contains("docs/leave.md:1-")
        .doesNotContainPattern("\n.{41,}");
  }

  @Test
  void jsonHasEveryPassageAsTheDocumentHasItAtItsSpan() {
    JsonNode json = cli().run("chunks", "--json", "docs/leave.md").json();

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "document",
            "reference",
            "passages",
            "source",
            "media_type",
            "chunker",
            "count",
            "smallest",
            "largest",
            "average",
            "cause",
            "message");
    assertThat(json.at("/passages/0").fieldNames())
        .toIterable()
        .containsExactly("reference", "place", "size", "language", "text");
    assertThat(json.get("source").asText()).isEqualTo("markdown");
    assertThat(json.get("cause").isNull()).isTrue();
    assertThat(json.get("passages").size()).isEqualTo(json.get("count").asInt()).isGreaterThan(1);
    var sizes = new ArrayList<Integer>();
    for (JsonNode passage : json.get("passages")) {
      int begin = passage.at("/place/span/0").asInt();
      int end = passage.at("/place/span/1").asInt();
      assertThat(passage.get("text").asText()).isEqualTo(LEAVE.substring(begin, end));
      assertThat(passage.get("size").asInt()).isEqualTo(end - begin);
      sizes.add(end - begin);
    }
    assertThat(sizes.getLast()).isNotEqualTo(sizes.stream().min(Integer::compare).get());
    assertThat(json.get("smallest").asInt()).isEqualTo(sizes.stream().min(Integer::compare).get());
    assertThat(json.get("largest").asInt()).isEqualTo(sizes.stream().max(Integer::compare).get());
    assertThat(json.get("average").asLong())
        .isEqualTo(Math.round(sizes.stream().mapToInt(Integer::intValue).average().getAsDouble()));
  }

  @Test
  void showsWhatIngestingIndexes() {
    var parts = new FakeParts();
    new Cli(home, parts).run("ingest", "docs");

    JsonNode indexed =
        new Cli(home, parts).run("documents", "show", "--json", "docs/leave.md").json();
    JsonNode shown = new Cli(home, parts).run("chunks", "--json", "docs/leave.md").json();

    assertThat(texts(shown)).isEqualTo(texts(indexed)).isNotEmpty();
    assertThat(parts.closed()).isTrue();
  }

  @Test
  void writesNothing() throws IOException {
    Path empty = Files.createDirectories(home.resolve("user"));

    new Cli(empty).in(home.toRealPath()).run("chunks", "docs/leave.md");

    try (Stream<Path> files = Files.walk(empty)) {
      assertThat(files).containsExactly(empty);
    }
  }

  @Test
  void aFileThatWouldBeSkippedIsTold() throws IOException {
    Files.write(home.resolve("docs/junk"), "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
    Files.createFile(home.resolve("docs/empty.txt"));
    Files.writeString(home.resolve("docs/blank.txt"), " \n \n");

    Cli.Result junk = cli().run("chunks", "docs/junk");

    assertThat(junk.code()).isEqualTo(5);
    assertThat(junk.out()).startsWith("docs/junk\n\nSkipped: It is ");
    assertThat(cli().run("chunks", "docs/blank.txt").code()).isEqualTo(5);
    Cli.Result empty = cli().run("chunks", "--json", "docs/empty.txt");
    assertThat(empty.code()).isEqualTo(5);
    assertThat(empty.json().get("passages")).isEmpty();
    assertThat(empty.json().get("cause").asText()).isEqualTo("empty");
    assertThat(empty.json().get("message").asText()).isEqualTo("It is empty: 0 bytes.");
    assertThat(empty.json().get("source").isNull()).isTrue();
  }

  @Test
  void passagesOfAFileThatTurnsOutDamagedAreVoid() throws IOException {
    // The reader finds what is no text only after it has handed over most of it.
    Files.write(
        home.resolve("docs/half.txt"), "Text. ".repeat(1 << 20).concat("\0\0\0").getBytes(UTF_8));

    Cli.Result result = cli().run("chunks", "docs/half.txt");

    assertThat(result.code()).isEqualTo(5);
    assertThat(result.out()).contains("Skipped: ").doesNotContain(", cut by ");
  }

  @Test
  void aFolderOrAMissingFileIsRefused() {
    Cli.Result folder = cli().run("chunks", "docs");
    assertThat(folder.code()).isEqualTo(2);
    assertThat(folder.err()).isEqualTo("kass: 'docs' is a folder. Name one file of it.\n");
    assertThat(folder.out()).isEmpty();

    Cli.Result missing = cli().run("chunks", "--json", "nowhere.md");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.json().at("/error/message").asText())
        .isEqualTo("There is no file or folder 'nowhere.md'.");
    assertThat(cli().run("chunks").code()).isEqualTo(2);
    assertThat(cli().run("chunks", "docs/leave.md", "docs/note.txt").code()).isEqualTo(2);
  }

  @Test
  void escapesInTheFileDoNotReachTheTerminal() throws IOException {
    Files.writeString(home.resolve("docs/evil.txt"), "\u001b[2Jcleared\n");

    assertThat(cli().run("chunks", "docs/evil.txt").out())
        .contains("␛[2J")
        .doesNotContain("\u001b");
  }

  @Test
  void isCalledOff() {
    var cancellation = new Cancellation();
    cancellation.cancel();

    assertThat(cli().run(cancellation, "chunks", "docs/leave.md").code()).isEqualTo(130);
  }

  @Test
  void isCalledOffInTheMiddle() throws IOException {
    Files.writeString(home.resolve("docs/long.txt"), "A sentence of some length. ".repeat(200_000));
    var cancellation = new Cancellation();
    var written = new AtomicLong();
    var out =
        new OutputStream() {
          @Override
          public void write(int b) {
            written.incrementAndGet();
            cancellation.cancel();
          }
        };

    Cli.Result result = cli().to(out, true).run(cancellation, "chunks", "--text", "docs/long.txt");

    assertThat(result.code()).isEqualTo(130);
    assertThat(written.get()).isLessThan(Files.size(home.resolve("docs/long.txt")) / 2);
  }

  @Test
  void stopsReadingWhenNobodyReadsOn() throws IOException {
    Files.writeString(home.resolve("docs/long.txt"), "A sentence of some length. ".repeat(200_000));
    var cancellation = new Cancellation();

    Cli.Result result =
        cli()
            .to(new Head(cancellation), true)
            .run(cancellation, "chunks", "--text", "docs/long.txt");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
  }

  /** A pipe whose reader takes a little and goes away; whoever reads on then is called off. */
  private static final class Head extends OutputStream {
    private final Cancellation cancellation;
    private int room = 10_000;

    Head(Cancellation cancellation) {
      this.cancellation = cancellation;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      room -= length;
      if (room < 0) {
        cancellation.cancel();
        throw new IOException("Broken pipe");
      }
    }
  }

  private static List<String> texts(JsonNode json) {
    var texts = new ArrayList<String>();
    json.get("passages").forEach(passage -> texts.add(passage.get("text").asText()));
    return texts;
  }

  private Cli cli() {
    return new Cli(home);
  }
}
