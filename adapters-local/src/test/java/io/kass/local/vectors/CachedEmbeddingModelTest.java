package io.kass.local.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.EmbeddingModelContract;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class CachedEmbeddingModelTest extends EmbeddingModelContract {
  private static final CallScope SCOPE = TestScopes.scope();

  private final HashingEmbeddingModel inner = HashingEmbeddingModel.ofDimension(64);
  private final Remembering cache = new Remembering();
  private final CachedEmbeddingModel model = new CachedEmbeddingModel(inner, cache);

  @Override
  protected EmbeddingModel model() {
    return model;
  }

  @Test
  void embedsAPassageOnceAndKeepsTheOrder() {
    List<Vector> first = model.embed(SCOPE, Purpose.PASSAGE, List.of("one", "two"));
    List<Vector> second =
        model.embed(SCOPE, Purpose.PASSAGE, List.of("two", "three", "one", "three"));
    assertThat(inner.embedded()).containsExactly("one", "two", "three");
    assertThat(second.get(0)).isEqualTo(first.get(1));
    assertThat(second.get(2)).isEqualTo(first.get(0));
    assertThat(second.get(1)).isEqualTo(second.get(3));
  }

  @Test
  void whatOneModelMadeIsNotAnothers() {
    model.embed(SCOPE, Purpose.PASSAGE, List.of("one"));
    var other = HashingEmbeddingModel.ofDimension(32);
    List<Vector> made =
        new CachedEmbeddingModel(other, cache).embed(SCOPE, Purpose.PASSAGE, List.of("one"));
    assertThat(made.getFirst().dimension()).isEqualTo(32);
  }

  @Test
  void questionsAreNotKept() {
    model.embed(SCOPE, Purpose.QUERY, List.of("one"));
    assertThat(cache.kept).isEmpty();
  }

  @Test
  void aTextThatIsRefusedIsNotSought() {
    assertThatThrownBy(() -> model.embed(SCOPE, Purpose.PASSAGE, List.of("one", " ")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("1");
    assertThat(cache.kept).isEmpty();
  }

  @Test
  void aCacheThatFailsIsLeftAlone() {
    cache.broken = true;
    assertThat(model.embed(SCOPE, Purpose.PASSAGE, List.of("one", "two"))).hasSize(2);
    assertThat(model.embed(SCOPE, Purpose.PASSAGE, List.of("one"))).hasSize(1);
    assertThat(cache.calls).isEqualTo(1);
  }

  /** A cache that forgets nothing. */
  private static final class Remembering implements VectorCache {
    private final Map<String, Vector> kept = new ConcurrentHashMap<>();
    private boolean broken;
    private int calls;

    @Override
    public Map<String, Vector> get(CallScope scope, String model, Collection<String> texts) {
      call();
      var found = new ConcurrentHashMap<String, Vector>();
      for (String text : texts) {
        Vector vector = kept.get(model + " " + text);
        if (vector != null) {
          found.put(text, vector);
        }
      }
      return found;
    }

    @Override
    public void put(CallScope scope, String model, Map<String, Vector> vectors) {
      call();
      vectors.forEach((text, vector) -> kept.put(model + " " + text, vector));
    }

    private void call() {
      if (broken) {
        calls++;
        throw new Unavailable("It is broken.");
      }
    }
  }
}
