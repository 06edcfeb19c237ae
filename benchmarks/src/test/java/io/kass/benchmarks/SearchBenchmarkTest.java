package io.kass.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kass.benchmarks.PlainLucene.Found;
import io.kass.benchmarks.SearchBenchmark.Pair;
import io.kass.benchmarks.SearchBenchmark.Row;
import io.kass.benchmarks.SearchCorpus.Question;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At a twentieth of its size: both sides answer the same, and as exactly. */
class SearchBenchmarkTest {
  private static final int EXACT_LIMIT = SearchBenchmark.EXACT_LIMIT / 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {500, 2_500, 5_000})
  void bothSidesFindTheSame(int chunks) throws IOException {
    var benchmark = new SearchBenchmark(directory, EXACT_LIMIT);
    List<Question> questions = new SearchCorpus().questions(chunks, 25);
    try (Pair pair = benchmark.write(chunks)) {
      for (Question question : questions) {
        Legs kass = benchmark.kass(pair, question);
        List<Found> plain = benchmark.plain(pair, question);

        assertSameScores(kass.keyword(), plain.get(0));
        if (chunks <= EXACT_LIMIT) {
          assertSameScores(kass.vector(), plain.get(1));
        }
      }
      double[] recall = benchmark.recall(pair, chunks, questions);
      assertThat(recall[0]).isGreaterThanOrEqualTo(chunks <= EXACT_LIMIT ? 1 : 0.95);
      assertThat(recall[1]).isGreaterThanOrEqualTo(chunks <= EXACT_LIMIT ? 1 : 0.95);
    }
  }

  @Test
  void printsATable() throws IOException {
    Row row = new SearchBenchmark(directory, EXACT_LIMIT).run(300, 2, 10);
    var out = new ByteArrayOutputStream();

    SearchBenchmark.report(new PrintStream(out, true, StandardCharsets.UTF_8), List.of(row));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("| 300 | ")
        .endsWith(" |");
  }

  /** Equal scores, and the same chunks but where scores tie. */
  private static void assertSameScores(List<Hit> hits, Found found) {
    assertThat(hits).hasSameSizeAs(found.ids());
    for (int i = 0; i < hits.size(); i++) {
      assertThat(hits.get(i).score()).isCloseTo(found.scores().get(i), within(1e-4));
    }
    assertThat(hits.stream().limit(10).map(hit -> hit.chunk().key().hex()))
        .containsExactlyInAnyOrderElementsOf(found.ids().stream().limit(10).toList());
  }
}
