package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalCommandTest {
  private static final String QUESTIONS =
      """
      {"question": "How long does the gateway wait?", "relevant": ["gateway.md"], "answer": "8 Seconds", "kind": "easy"}

      {"question": "When does the office open?", "relevant": ["docs/office.md"], "answer": "nine", "kind": "easy", "sentence": "ignored"}
      {"question": "zymurgy quasar?", "relevant": [], "kind": "off-topic"}
      """;

  @TempDir Path home;
  private final FakeParts parts = new FakeParts();

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectory(home.resolve("docs"));
    Files.writeString(home.resolve("docs/gateway.md"), "The gateway waits 8 seconds.\n");
    Files.writeString(home.resolve("docs/office.md"), "The office opens at nine.\n");
    write(QUESTIONS);
  }

  @Test
  void measuresEveryMode() {
    Cli.Result result = cli().run("eval", "questions.jsonl", "--docs", "docs", "--json");

    assertThat(result.code()).isZero();
    JsonNode json = result.json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "questions",
            "answerable",
            "by_keywords_only",
            "retrieval",
            "above_keyword",
            "answers",
            "kinds",
            "bootstrap",
            "notices");
    assertThat(json.get("questions").asInt()).isEqualTo(3);
    assertThat(json.get("answerable").asInt()).isEqualTo(2);
    assertThat(json.at("/retrieval").fieldNames())
        .toIterable()
        .containsExactly("keyword", "vector", "hybrid");
    JsonNode keyword = json.at("/retrieval/keyword");
    assertThat(keyword.fieldNames())
        .toIterable()
        .containsExactly("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10");
    assertThat(keyword.at("/recall@1/value").asDouble()).isEqualTo(1);
    assertThat(json.at("/above_keyword").fieldNames())
        .toIterable()
        .containsExactly("vector", "hybrid");
    assertThat(json.at("/answers").fieldNames())
        .toIterable()
        .containsExactly(
            "contained_in_1_quote",
            "contained_in_2_quotes",
            "declined_when_empty",
            "falsely_declined",
            "auroc");
    assertThat(json.at("/answers/declined_when_empty/value").asDouble()).isEqualTo(1);
    assertThat(json.at("/kinds/off-topic/questions").asInt()).isEqualTo(1);
    assertThat(json.at("/bootstrap/resamples").asInt()).isEqualTo(5000);
  }

  @Test
  void theTableNamesWhatItShows() {
    Cli.Result result = cli().run("eval", "questions.jsonl", "--docs", "docs");

    assertThat(result.out())
        .startsWith("3 questions: 2 answerable, 1 not. In parentheses: 95% intervals.\n")
        .contains("\nSearch\n           keyword              vector               hybrid\n")
        .contains("\nrecall@1   1.000 (1.000–1.000)")
        .contains("\nBetter than keyword search by\n")
        .contains("\ndeclined, and rightly     1.000 (1.000–1.000)\n")
        .contains("\noff-topic: 1 question, 1.000 declined\n");
  }

  @Test
  void aNarrowTerminalShowsOneModeBelowTheOther() {
    Cli.Result result =
        cli().atTerminal(40).run("--color=never", "eval", "questions.jsonl", "--docs", "docs");

    assertThat(result.out().lines()).allMatch(line -> line.length() <= 46);
    assertThat(result.out()).contains("\n           vector\n");
  }

  @Test
  void oneModeCanBeChosen() {
    JsonNode json =
        cli().run("eval", "questions.jsonl", "--docs", "docs", "--mode", "hybrid", "--json").json();

    assertThat(json.at("/retrieval").fieldNames()).toIterable().containsExactly("hybrid");
    assertThat(json.at("/above_keyword")).isEmpty();
  }

  @Test
  void namesThatMatchNoDocumentAreReported() throws IOException {
    write("{\"question\": \"x\", \"relevant\": [\"gatway.md\"]}\n");

    assertThat(cli().run("eval", "questions.jsonl", "--docs", "docs").err())
        .contains("1 name of relevant documents match no document, such as 'gatway.md'.");
  }

  @Test
  void aCollectionIsAskedApartFromTheUsersDocuments() throws IOException {
    cli().run("ingest", "docs");
    Files.writeString(
        home.resolve("collection.jsonl"),
        """
        {"id": "p1", "text": "The gateway waits 8 seconds."}
        {"id": "p2", "text": "The office opens at nine."}
        """);
    write("{\"question\": \"How long does the gateway wait?\", \"relevant\": [\"p1\"]}\n");

    JsonNode json =
        cli().run("eval", "questions.jsonl", "--docs", "collection.jsonl", "--json").json();

    assertThat(json.at("/retrieval/keyword/recall@5/value").asDouble()).isEqualTo(1);
  }

  @Test
  void aNameOfSeveralDocumentsIsTold() throws IOException {
    Files.createDirectory(home.resolve("docs/old"));
    Files.writeString(home.resolve("docs/old/gateway.md"), "The gateway waits 9 seconds.\n");

    assertThat(cli().run("eval", "questions.jsonl", "--docs", "docs").err())
        .contains("1 name of relevant documents match several documents")
        .contains("'gateway.md'");
  }

  @Test
  void aNameThatNothingHasIsToldWithoutDocsToo() throws IOException {
    cli().run("ingest", "docs");
    write("{\"question\": \"How long does the gateway wait?\", \"relevant\": [\"none.md\"]}\n");

    assertThat(cli().run("eval", "questions.jsonl").err()).contains("match no document", "none.md");
  }

  @Test
  void aCollectionWithAnIdTwiceIsRefusedByItsLine() throws IOException {
    Files.writeString(
        home.resolve("collection.jsonl"),
        "{\"id\": \"p1\", \"text\": \"x\"}\n{\"id\": \"p1\", \"text\": \"y\"}\n");

    Cli.Result result = cli().run("eval", "questions.jsonl", "--docs", "collection.jsonl");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("Line 2 of collection.jsonl has the id of an earlier line");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"question": "x", "relevant": []}\\n{"question":  | Line 2 of questions.jsonl is no JSON
          []                                                | Line 1 of questions.jsonl is no JSON object
          {"relevant": []}                                  | Line 1 of questions.jsonl has no 'question'
          {"question": " ", "relevant": []}                 | Line 1 of questions.jsonl has no 'question'
          {"question": "x"}                                 | Line 1 of questions.jsonl has no 'relevant'
          {"question": "x", "relevant": [1]}                | something else than texts
          {"question": "x", "relevant": [], "answer": 5}    | has a 'answer' that is no text
          \\n                                               | There are no questions in questions.jsonl
          """)
  void aMalformedLineIsRefusedByItsNumber(String content, String message) throws IOException {
    write(content.replace("\\n", "\n"));

    Cli.Result result = cli().run("eval", "questions.jsonl", "--docs", "docs");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }

  @Test
  void aFileThatIsNotThereOrNotTextIsRefused() throws IOException {
    assertThat(cli().run("eval", "none.jsonl").code()).isEqualTo(2);
    Files.write(home.resolve("questions.jsonl"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0x20});
    assertThat(cli().run("eval", "questions.jsonl").err()).contains("UTF-8");
  }

  private Cli cli() {
    return new Cli(home, parts);
  }

  private void write(String questions) throws IOException {
    Files.write(home.resolve("questions.jsonl"), questions.getBytes(StandardCharsets.UTF_8));
  }
}
