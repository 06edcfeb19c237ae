package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.core.language.FunctionWords;
import io.kass.ports.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judged sets are what judged/README.md promises. */
class JudgedQuestionsTest {
  private static final Set<String> ANSWERABLE = Set.of("lexical", "paraphrase");
  private static final Set<String> UNANSWERABLE = Set.of("near-miss", "off-topic");

  private record Question(String set, Json.Obj line) {
    String text() {
      return text("question");
    }

    String kind() {
      return text("kind");
    }

    boolean answerable() {
      return !relevant().isEmpty();
    }

    List<String> relevant() {
      if (line.get("relevant") instanceof Json.Array array) {
        return array.items().stream().map(JudgedQuestionsTest::text).toList();
      }
      throw new AssertionError("no list 'relevant' in " + line);
    }

    String text(String member) {
      return JudgedQuestionsTest.text(line.get(member));
    }

    boolean has(String member) {
      return line.get(member) != null;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everyQuestionIsOfAKnownKindAndAskedOnce(String set) throws IOException {
    List<Question> questions = questions(set);
    assertThat(questions)
        .allSatisfy(question ->
            assertThat(question.answerable() ? ANSWERABLE : UNANSWERABLE)
                .as(question.text())
                .contains(question.kind()));
    assertThat(questions).extracting(Question::text).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void aThirdIsUnanswerableAndHalfOfTheOthersAreParaphrases(String set) throws IOException {
    List<Question> questions = questions(set);
    double answerable = questions.stream().filter(Question::answerable).count();
    double paraphrases = questions.stream().filter(q -> q.kind().equals("paraphrase")).count();
    assertThat(questions).hasSizeGreaterThanOrEqualTo(60);
    assertThat(1 - answerable / questions.size()).isBetween(1.0 / 3, 0.4);
    assertThat(paraphrases / answerable).isGreaterThanOrEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everyAnswerStandsInItsSentenceOnOneLineOfItsFile(String set) throws IOException {
    for (Question question : questions(set)) {
      if (!question.answerable()) {
        assertThat(question.has("answer") || question.has("sentence"))
            .as(question.text())
            .isFalse();
        continue;
      }
      Path documents = Path.of("judged", set, "documents");
      assertThat(question.relevant())
          .allMatch(name -> Files.isRegularFile(documents.resolve(name)));
      assertThat(question.text("sentence")).contains(question.text("answer"));
      assertThat(Files.readAllLines(documents.resolve(question.relevant().getFirst())))
          .as(question.text())
          .anyMatch(line -> line.contains(question.text("sentence")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void aParaphraseSharesNoContentWordWithItsSentence(String set) throws IOException {
    try (Analyzer analyzer = set.equals("ja") ? new JapaneseAnalyzer() : new EnglishAnalyzer()) {
      for (Question question : questions(set)) {
        if (question.answerable()) {
          Set<String> shared = words(analyzer, question.text());
          shared.retainAll(words(analyzer, question.text("sentence")));
          assertThat(shared.isEmpty())
              .as("%s: %s shares %s", question.kind(), question.text(), shared)
              .isEqualTo(question.kind().equals("paraphrase"));
        }
      }
    }
  }

  private static String text(@Nullable Json value) {
    if (value instanceof Json.Text text) {
      return text.value();
    }
    throw new AssertionError("no text: " + value);
  }

  private static Set<String> words(Analyzer analyzer, String text) throws IOException {
    Set<String> words = new HashSet<>();
    String separated = text.replaceAll("[^\\p{L}\\p{N}]", " ");
    try (TokenStream tokens = analyzer.tokenStream("text", FunctionWords.dropped(separated))) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        if (FunctionWords.isContent(term.toString())) {
          words.add(term.toString());
        }
      }
      tokens.end();
    }
    return words;
  }

  private static List<Question> questions(String set) throws IOException {
    return Files.readAllLines(Path.of("judged", set, "questions.jsonl")).stream()
        .map(line -> new Question(set, (Json.Obj) Json.parse(line)))
        .toList();
  }
}
