package io.kass.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.core.assistant.AssistantSettings;
import io.kass.core.retrieval.Retrieval;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.Filter;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private final EmbeddingModel model = HashingEmbeddingModel.ofDimension(64);
  private final InMemoryChunkIndex index = new InMemoryChunkIndex(model.info().id(), 64, "test");

  @Test
  void asksEveryQuestionInEveryModeAndKeepsTheirOrder() {
    index.put(
        TestScopes.scope(),
        List.of(
            chunk("/d/gateway.md", "The gateway gives up after 8 seconds."),
            chunk("/d/office.md", "The office in Porto opens at nine.")));
    var questions =
        List.of(
            new JudgedQuestion("When does the gateway give up?", List.of("gateway.md"), null, ""),
            new JudgedQuestion("When does the office open?", List.of("office.md"), null, ""),
            new JudgedQuestion("Who won the cup?", List.of(), null, ""));
    var evaluation = new Evaluation(new Retrieval(index, model), AssistantSettings.DEFAULTS);
    List<Integer> progress = Collections.synchronizedList(new ArrayList<>());

    List<Outcome> outcomes =
        evaluation.run(
            TestScopes.scope(),
            questions,
            Filter.all(),
            EnumSet.allOf(RetrievalMode.class),
            2,
            progress::add);

    assertThat(outcomes.stream().map(Outcome::question)).containsExactlyElementsOf(questions);
    assertThat(outcomes.get(0).rankings().keySet())
        .containsExactlyInAnyOrder(RetrievalMode.values());
    assertThat(outcomes.get(0).rankings().get(RetrievalMode.KEYWORD))
        .isEqualTo(new Ranking(1, List.of(1)));
    assertThat(outcomes.get(1).rankings().get(RetrievalMode.KEYWORD))
        .isEqualTo(new Ranking(1, List.of(1)));
    assertThat(outcomes.get(2).rankings()).isEmpty();
    assertThat(progress).containsExactlyInAnyOrder(1, 2, 3);
  }

  private StoredChunk chunk(String document, String text) {
    return ChunkBuilder.chunk(document, text)
        .vector(model.embed(TestScopes.scope(), Purpose.PASSAGE, List.of(text)).getFirst())
        .build();
  }
}
