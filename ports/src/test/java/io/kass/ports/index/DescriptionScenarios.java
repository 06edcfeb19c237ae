package io.kass.ports.index;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.error.KassException.Misconfigured;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an index says of itself, and what it refuses to be opened for. */
abstract class DescriptionScenarios extends ChunkIndexScenario {
  @Test
  void describesItsSettings() {
    IndexDescription description = index.description();

    assertThat(description.model()).isEqualTo(ChunkIndexContract.MODEL);
    assertThat(description.dimension()).isEqualTo(ChunkIndexContract.DIMENSION);
    assertThat(description.metric()).isEqualTo(Metric.COSINE);
    assertThat(description.chunker()).isEqualTo(ChunkIndexContract.CHUNKER);
    assertThat(description.modes()).contains(SearchMode.VECTOR);
    assertThat(description.chunks()).isZero();
    assertThat(description.visibilityDelay().isNegative()).isFalse();
  }

  @Test
  void hasAnIdFromItsFirstWriteOn() {
    replace("a", "1", chunk("a", "tea").build());
    String id = index.description().id();
    assertThat(id).isNotEmpty();

    replace("b", "1", chunk("b", "tea").build());
    assertThat(index.description().id()).isEqualTo(id);
    index = contract().open();
    assertThat(index.description().id()).isEqualTo(id);
  }

  @Test
  void countsChunks() {
    replace("a", "1", chunk("a", "one").build(), chunk("a", "two").build());
    StoredChunk put = chunk("b", "three").build();
    index.put(scope(), List.of(put));
    eventually(() -> assertThat(index.description().chunks()).isEqualTo(3));

    replace("a", "2", chunk("a", "four").build());
    eventually(() -> assertThat(index.description().chunks()).isEqualTo(2));

    index.remove(scope(), stamp("a", "3"));
    index.remove(scope(), stamp("never", "3"));
    eventually(() -> assertThat(index.description().chunks()).isEqualTo(1));

    index.delete(scope(), Set.of(put.key()));
    eventually(() -> assertThat(index.description().chunks()).isZero());
  }

  @Test
  void changesItsRevisionWheneverReadersSeeAChange() {
    Set<String> revisions = new HashSet<>();
    revisions.add(index.description().revision());
    StoredChunk put = chunk("b", "put").with("n", Json.of(1)).build();
    List<Runnable> changes =
        List.of(
            () -> replace("a", "1", chunk("a", "one").build()),
            () -> replace("a", "2", chunk("a", "two").build()),
            () -> index.put(scope(), List.of(put)),
            () -> index.put(scope(), List.of(chunk("b", "put").with("n", Json.of(2)).build())),
            () -> index.delete(scope(), Set.of(put.key())),
            () -> index.remove(scope(), stamp("a", "3")));

    for (Runnable change : changes) {
      change.run();
      eventually(() -> assertThat(revisions).doesNotContain(index.description().revision()));
      revisions.add(index.description().revision());
    }
    String last = index.description().revision();
    index = contract().open();
    assertThat(index.description().revision()).isEqualTo(last);
  }

  @Tag("M11")
  @Test
  void refusesToOpenWhatWasBuiltForSomethingElse() {
    StoredChunk kept = chunk("a", "tea").vector(axis(0)).build();
    replace("a", "1", kept);

    assertRefused("other-model", 8, Metric.COSINE, ChunkIndexContract.CHUNKER, "other-model");
    assertRefused(ChunkIndexContract.MODEL, 9, Metric.COSINE, ChunkIndexContract.CHUNKER, "9");
    assertRefused(
        ChunkIndexContract.MODEL,
        8,
        Metric.SQUARED_EUCLIDEAN,
        ChunkIndexContract.CHUNKER,
        "SQUARED_EUCLIDEAN");
    assertRefused(ChunkIndexContract.MODEL, 8, Metric.COSINE, "other-chunker-2", "other-chunker-2");

    index = contract().open();
    eventually(() -> assertThat(index.get(scope(), Set.of(kept.key()))).containsExactly(kept));
  }

  /** At the latest when it is first asked to write, and nothing is written. */
  private void assertRefused(
      String model, int dimension, Metric metric, String chunker, String inMessage) {
    assertThatThrownBy(
            () -> {
              index = contract().open(model, dimension, metric, chunker);
              index.description();
            })
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(inMessage);
  }
}
