package io.kass.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Language;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.Filter;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.index.SearchMode;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index that has but one leg, and one that has both. */
class RetrievalTest {
  private static final CallScope SCOPE = TestScopes.scope();
  private static final String TEXT = "Backups run every night. Audit logs are kept for years.";
  private static final Set<SearchMode> BOTH = EnumSet.allOf(SearchMode.class);

  private final HashingEmbeddingModel model = HashingEmbeddingModel.ofDimension(64);
  private final InMemoryChunkIndex index = new InMemoryChunkIndex(model.info().id(), 64, "chunker");
  private final Retrieval both = new Retrieval(index, model);
  private final Retrieval vectors = new Retrieval(VectorsAlone.of(index), model);

  @BeforeEach
  void fill() {
    index.put(SCOPE, List.of(chunk("a", TEXT), chunk("b", "Tea is served at four.")));
  }

  private StoredChunk chunk(String document, String text) {
    Vector vector = model.embed(SCOPE, Purpose.PASSAGE, List.of(text)).getFirst();
    return ChunkBuilder.chunk(document, text).vector(vector).build();
  }

  @Test
  void anIndexWithoutKeywordsIsSearchedByVectors() {
    Retrieved found = vectors.search(SCOPE, "audit logs", Filter.all(), 1, BOTH);

    assertThat(found.query()).isNotNull();
    assertThat(found.passages()).hasSize(1);
    assertThat(found.passages().getFirst().chunk().chunk().passage()).isEqualTo(TEXT);
    assertThat(vectors.modes()).containsExactly(SearchMode.VECTOR);
  }

  @Test
  void evenWhereTheModelDoesNotSpeakTheLanguage() {
    var english = new Retrieval(VectorsAlone.of(index), speaking("en"));

    assertThat(english.search(SCOPE, "監査ログの保存期間は？", Filter.all(), 1, BOTH).passages()).hasSize(1);
    assertThat(
            new Retrieval(index, speaking("en"))
                .search(SCOPE, "監査ログの保存期間は？", Filter.all(), 1, BOTH)
                .query())
        .isNull();
  }

  private EmbeddingModel speaking(String language) {
    EmbeddingInfo info = model.info();
    return new EmbeddingModel() {
      @Override
      public EmbeddingInfo info() {
        return new EmbeddingInfo(
            info.id(), info.dimension(), info.maxTokens(), Set.of(new Language(language)));
      }

      @Override
      public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
        return model.embed(scope, purpose, texts);
      }
    };
  }

  @Test
  void keywordsAloneAreRefusedWhereThereAreNone() {
    assertThatThrownBy(
            () -> vectors.search(SCOPE, "audit logs", Filter.all(), 1, Set.of(SearchMode.KEYWORD)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("keywords");
  }

  @Test
  void whatMayBeQuotedGetsSentencesInOneGo() {
    var asked = new ArrayList<List<String>>();
    EmbeddingModel counting =
        new EmbeddingModel() {
          @Override
          public EmbeddingInfo info() {
            return model.info();
          }

          @Override
          public List<Vector> embed(CallScope scope, Purpose purpose, List<String> texts) {
            asked.add(texts);
            return model.embed(scope, purpose, texts);
          }
        };
    var retrieval = new Retrieval(VectorsAlone.of(index), counting);
    Retrieved found = retrieval.search(SCOPE, "audit logs", Filter.all(), 2, BOTH);
    asked.clear();

    Retrieved quotable = retrieval.withSentences(SCOPE, found, 1);

    assertThat(asked)
        .containsExactly(List.of("Backups run every night.", "Audit logs are kept for years."));
    assertThat(quotable.passages().getFirst().chunk().sentences())
        .hasSize(2)
        .allMatch(sentence -> sentence.vector() != null);
    assertThat(quotable.passages().getFirst().score())
        .isEqualTo(found.passages().getFirst().score());
    assertThat(quotable.passages().getLast().chunk().sentences()).isEmpty();
    assertThat(both.withSentences(SCOPE, quotable, 1)).isSameAs(quotable);
  }
}
