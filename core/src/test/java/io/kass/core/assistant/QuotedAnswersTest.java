package io.kass.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.core.retrieval.Relevance;
import io.kass.core.retrieval.Retrieved;
import io.kass.ports.Language;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.Legs.QueryTerm;
import io.kass.ports.index.StoredChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which sentences are good enough to be quoted beside the best one. */
class QuotedAnswersTest {
  private static final Vector QUESTION = Vector.of(1, 0);
  private static final String BEST = "Audit logs stay.";

  @Test
  void aFurtherQuoteIsNearlyAsNear() {
    assertThat(quotes(QUESTION, Vector.of(1, 0), "Logs are rotated.", Vector.of(0.97f, 0.24f)))
        .containsExactly(BEST, "Logs are rotated.");
    assertThat(quotes(QUESTION, Vector.of(1, 0), "Logs are rotated.", Vector.of(0.6f, 0.8f)))
        .containsExactly(BEST);
  }

  @Test
  void withoutVectorsAFurtherQuoteHoldsAWordOfTheQuestion() {
    assertThat(quotes(null, null, "Logs are rotated.", null))
        .containsExactly(BEST, "Logs are rotated.");
    assertThat(quotes(null, null, "Tea is hot.", null)).containsExactly(BEST);
  }

  private static List<String> quotes(
      @Nullable Vector question, @Nullable Vector best, String text, @Nullable Vector other) {
    var terms = List.of(QueryTerm.of("audit", 1, 10), QueryTerm.of("logs", 2, 10));
    var retrieved =
        new Retrieved(
            List.of(passage(BEST, best), passage(text, other)),
            new Relevance(1, true),
            Language.ENGLISH,
            question,
            terms);
    var given = (Answer.Given) new QuotedAnswers(AssistantSettings.DEFAULTS).answer(retrieved);
    return given.citations().stream().map(Citation::quote).toList();
  }

  private static Passage passage(String text, @Nullable Vector vector) {
    StoredChunk chunk = ChunkBuilder.chunk(text, text).sentence(0, text.length(), vector).build();
    return new Passage(chunk, 1);
  }
}
