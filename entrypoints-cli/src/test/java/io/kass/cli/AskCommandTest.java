package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kass.ports.Cancellation;
import io.kass.ports.Obstructed;
import io.kass.ports.chat.ScriptedChatModel;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskCommandTest {
  private static final String QUESTION = "How long does the gateway wait for the acquirer?";

  @TempDir Path home;
  private final FakeParts parts = new FakeParts();

  @BeforeEach
  void writeDocuments() throws IOException {
    Files.createDirectory(home.resolve("docs"));
    Files.writeString(
        home.resolve("docs/gateway.md"),
        """
        # Payments gateway

        ## Timeouts

        The gateway waits 8 seconds for the acquirer to answer.
        """);
    Files.writeString(home.resolve("docs/office.md"), "The office in Porto opens at nine.\n");
  }

  @AfterEach
  void everythingIsClosed() {
    assertThat(parts.closed()).isTrue();
  }

  @Test
  void answersWithQuotesThatATerminalCanOpen() {
    Cli.Result result = cli().run("ask", "--docs", "docs", QUESTION);

    assertThat(result.out())
        .startsWith("[1] │ The gateway waits 8 seconds for the acquirer to answer.\n")
        .contains("    docs/gateway.md:5 · Payments gateway › Timeouts\n");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
  }

  @Test
  void wordsOfTheQuestionNeedNoQuotationMarks() {
    Cli.Result result = cli().run("ask", "--docs", "docs", "how", "long", "gateway", "waits");

    assertThat(result.out()).contains("8 seconds");
  }

  @Test
  void aPersonIsToldHowToGetWrittenAnswersAndAPipeIsNot() {
    assertThat(cli().atTerminal(80).run("ask", "--docs", "docs", QUESTION).err())
        .contains("kass help ask");
    assertThat(cli().atTerminal(80).run("ask", "-q", "--docs", "docs", QUESTION).err())
        .doesNotContain("kass help ask");
    assertThat(cli().run("ask", "--docs", "docs", QUESTION).err()).isEmpty();
  }

  @Test
  void withoutDocsItAsksEverythingThatWasIngested() {
    cli().run("ingest", "docs");

    assertThat(cli().run("ask", QUESTION).out()).contains("docs/gateway.md:5");
  }

  @Test
  void withDocsItAsksOnlyThose() {
    cli().run("ingest", "docs");

    assertThat(cli().run("ask", "--docs", "docs/office.md", QUESTION).out())
        .doesNotContain("gateway.md");
  }

  @Test
  void saysSoWhenNothingIsRelevant() {
    Cli.Result result = cli().run("ask", "--docs", "docs", "zymurgy quasar xylophone?");

    assertThat(result.out()).isEqualTo("I found nothing about that in docs.\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void saysSoWhenNothingWasIngested() {
    Cli.Result result = cli().run("ask", QUESTION);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Nothing was ingested yet").contains("--docs");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void saysSoWhenThereAreNoDocuments() throws IOException {
    Files.createDirectory(home.resolve("empty"));

    Cli.Result result = cli().run("ask", "--docs", "empty", QUESTION);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("There are no documents in empty.");
  }

  @Test
  void saysWhichDocumentsCannotBeReadOnce() throws IOException {
    Files.write(home.resolve("docs/junk.bin"), new byte[] {0, 1, 2, 3});

    Cli.Result first = cli().run("ask", "--docs", "docs", QUESTION);
    Cli.Result second = cli().run("ask", "--docs", "docs", QUESTION);

    assertThat(first.err()).contains("Skipped docs/junk.bin: It is binary data.");
    assertThat(first.code()).isZero();
    assertThat(second.err()).isEmpty();
  }

  @Test
  void refusesWhatIsNotThere() {
    Cli.Result result = cli().run("ask", "--docs", "nowhere", QUESTION);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("kass: There is no file or folder 'nowhere'. If it was");
  }

  @Test
  void refusesAnEmptyQuestion() {
    assertThat(cli().run("ask", "--docs", "docs", " ").code()).isEqualTo(2);
    assertThat(cli().run("ask", "--docs", "docs").code()).isEqualTo(2);
  }

  @Test
  void writesOneJsonDocument() {
    Cli.Result result = cli().run("ask", "--json", "--docs", "docs", QUESTION);

    JsonNode json = result.json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "outcome",
            "text",
            "kind",
            "model",
            "cached",
            "citations",
            "passages",
            "milliseconds",
            "tokens",
            "cost",
            "searched",
            "tools",
            "ingestion",
            "conversation",
            "notices");
    assertThat(json.get("outcome").asText()).isEqualTo("given");
    assertThat(json.get("kind").asText()).isEqualTo("quotes");
    assertThat(json.get("model").isNull()).isTrue();
    JsonNode citation = json.at("/citations/0");
    assertThat(citation.get("number").asInt()).isEqualTo(1);
    assertThat(citation.get("document").asText()).isEqualTo(real("docs/gateway.md"));
    assertThat(citation.get("reference").asText()).isEqualTo("docs/gateway.md:5");
    assertThat(citation.at("/place/lines/0").asInt()).isEqualTo(5);
    assertThat(citation.get("quote").asText()).contains("8 seconds");
    assertThat(json.at("/ingestion/documents").asInt()).isEqualTo(2);
    assertThat(json.at("/passages/0/score").isNumber()).isTrue();
  }

  @Test
  void jsonIsUtf8WhateverTheTerminalIs() {
    Cli.Result result =
        cli()
            .encodedIn(java.nio.charset.StandardCharsets.ISO_8859_1)
            .run("ask", "--json", "--docs", "docs", "決済の待ち時間は？");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.json().get("outcome").asText()).isEqualTo("declined");
  }

  @Test
  void aLanguageModelsAnswerIsFollowedByItsSources() {
    parts.with(ScriptedChatModel.create().say("It waits 8 seconds [1]."));

    Cli.Result result = cli().run("ask", "--docs", "docs", QUESTION);

    assertThat(result.out())
        .startsWith("It waits 8 seconds [1].\n\n[1] docs/gateway.md:")
        .doesNotContain("│");
    assertThat(result.code()).isZero();
  }

  @Test
  void aLanguageModelCannotControlTheTerminal() {
    parts.with(ScriptedChatModel.create().say("\u001b[2JIt waits [1]."));

    assertThat(cli().run("ask", "--docs", "docs", QUESTION).out()).startsWith("␛[2JIt waits [1].");
  }

  @Test
  void anAnswerThatNamesNoDocumentIsMarked() {
    parts.with(ScriptedChatModel.create().say("It waits."));

    assertThat(cli().run("ask", "--docs", "docs", QUESTION).out())
        .contains("(The language model named no document that says so.)");
  }

  @Test
  void aLanguageModelOutOfReachEndsWithFour() {
    parts.with(ScriptedChatModel.create().fail(new Unavailable("The model is away.")));

    Cli.Result result = cli().run("ask", "--docs", "docs", QUESTION);

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).isEqualTo("kass: The model is away.\n");
  }

  @Test
  void nobodyReadingEndsTheModelsWork() {
    parts.with(ScriptedChatModel.create().hangAfter("It waits "));
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };

    Cli.Result result = cli().to(gone, true).run("ask", "--docs", "docs", QUESTION);

    assertThat(result.code()).isEqualTo(130);
  }

  @Test
  void whileAnotherProcessWritesItAnswersFromWhatIsThere() throws IOException {
    cli().run("ingest", "docs");
    Files.writeString(home.resolve("docs/new.md"), "Something new.\n");
    parts.wrapping(AskCommandTest::locked);

    Cli.Result result = cli().run("ask", "--docs", "docs", QUESTION);

    assertThat(result.err())
        .isEqualTo("Another kass process is writing. Answering from what the index holds now.\n");
    assertThat(result.out()).contains("8 seconds");
    assertThat(result.code()).isZero();
    JsonNode json = cli().run("ask", "--json", "--docs", "docs", QUESTION).json();
    assertThat(json.at("/notices/0").asText()).startsWith("Another kass process");
  }

  @Test
  void whatCannotBeBroughtUpToDateIsStillAnsweredFrom() throws IOException {
    cli().run("ingest", "docs");
    Files.writeString(home.resolve("docs/new.md"), "Something new.\n");
    parts.wrapping(index -> failing(index, "replace", new Unavailable("The disk is full.")));

    Cli.Result result = cli().run("ask", "--docs", "docs", QUESTION);

    assertThat(result.err())
        .isEqualTo("The disk is full. Answering from what the index holds now.\n");
    assertThat(result.out()).contains("8 seconds");
    assertThat(result.code()).isZero();
  }

  @Test
  void anAnswerThatCannotBeWrittenDownIsStillGiven() {
    cli().run("ingest", "docs");
    parts.notRecording(new Unavailable("The disk is full."));

    Cli.Result result = cli().run("ask", QUESTION);

    assertThat(result.err())
        .isEqualTo("This is not added to your conversations. The disk is full.\n");
    assertThat(result.out()).contains("8 seconds");
    assertThat(result.code()).isZero();
    JsonNode json = cli().run("ask", "--json", QUESTION).json();
    assertThat(json.at("/notices/0").asText()).endsWith("The disk is full.");
    parts.with(ScriptedChatModel.create().say("It waits 8 seconds [1]."));
    assertThat(cli().run("ask", QUESTION).err()).contains("not added");
  }

  @Test
  void whileAnotherProcessHasWrittenNothingYetThereIsNothingToAnswerFrom() {
    parts.wrapping(AskCommandTest::locked);

    Cli.Result result = cli().run("ask", "--docs", "docs", QUESTION);

    assertThat(result.code()).isEqualTo(6);
    assertThat(result.err()).isEqualTo("kass: Another kass process is writing.\n");
  }

  @Test
  void anInterruptionEndsWith130() {
    var cancellation = new Cancellation();
    cancellation.cancel();

    Cli.Result result = cli().run(cancellation, "ask", "--docs", "docs", QUESTION);

    assertThat(result.code()).isEqualTo(130);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void whatBreaksBecauseOfAnInterruptionIsTheInterruption() {
    cli().run("ingest", "docs");
    var cancellation = new Cancellation();
    var closed = new Unavailable("The index has been closed.");
    // The wrapping is made when the backend is opened: after the command has begun.
    parts.wrapping(index -> {
      cancellation.cancel();
      return failing(index, "search", closed);
    });

    Cli.Result result = cli().run(cancellation, "ask", QUESTION);

    assertThat(result.code()).isEqualTo(130);
    assertThat(result.err()).isEqualTo("kass: Interrupted. What was done is kept.\n");
  }

  @Test
  void whatBreaksOffTheReadingOfDocumentsIsTheInterruptionToo() throws IOException {
    cli().run("ingest", "docs");
    Files.writeString(home.resolve("docs/new.md"), "Something new.\n");
    var cancellation = new Cancellation();
    var closed = new Unavailable("The embedding model has been closed.");
    parts.wrapping(index ->
        Obstructed.before(
            ChunkIndex.class,
            index,
            "claim",
            () -> {
              cancellation.cancel();
              throw closed;
            }));

    Cli.Result result = cli().run(cancellation, "ask", "--docs", "docs", QUESTION);

    assertThat(result.code()).isEqualTo(130);
    assertThat(result.err()).isEqualTo("kass: Interrupted. What was done is kept.\n");
  }

  @Test
  void aFaultShowsNoStackTraceAndCanBeKeptInALog() throws IOException {
    parts.wrapping(index -> failing(index, "search", new IllegalStateException("boom")));
    cli().run("ingest", "docs");

    Cli.Result plain = cli().run("ask", QUESTION);
    Cli.Result debug = cli().run("ask", "--debug", QUESTION);

    assertThat(plain.code()).isEqualTo(70);
    assertThat(plain.err()).contains("fault of KASS").contains("--debug").doesNotContain("\tat ");
    Path log = home.toRealPath().resolve(".local/state/kass/kass.log");
    assertThat(debug.err()).contains("The details are in " + log).doesNotContain("\tat ");
    assertThat(Files.readString(log))
        .contains("boom", "\tat ", Version.line())
        .doesNotContain(QUESTION);
  }

  private Cli cli() {
    return new Cli(home, parts);
  }

  private String real(String name) {
    try {
      return home.toRealPath().resolve(name).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ChunkIndex locked(ChunkIndex index) {
    return failing(index, "claim", new Rejected("Another kass process is writing."));
  }

  /** The same index, but one of its methods fails. */
  static ChunkIndex failing(ChunkIndex index, String name, RuntimeException failure) {
    return Obstructed.failing(ChunkIndex.class, index, name, failure);
  }
}
