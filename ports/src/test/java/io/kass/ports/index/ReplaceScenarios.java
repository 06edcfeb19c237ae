package io.kass.ports.index;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replacing and removing documents: whole, in order, repeatable. */
abstract class ReplaceScenarios extends ChunkIndexScenario {
  @Test
  void replacesAllChunksOfTheDocumentAndOfNoOther() {
    replace("a", "1", numbered("a", "old", 10));
    replace("b", "1", numbered("b", "other", 2));
    replace("a", "2", numbered("a", "new", 3));

    eventually(() -> {
      assertThat(textsOf("a")).containsExactlyInAnyOrder("new 0", "new 1", "new 2");
      assertThat(textsOf("b")).containsExactlyInAnyOrder("other 0", "other 1");
    });
  }

  @Test
  void claimingItChangesNothing() {
    replace("a", "1", numbered("a", "old", 2));
    eventually(() -> assertThat(textsOf("a")).hasSize(2));
    String revision = index.description().revision();

    index.claim(scope());
    index.claim(scope());

    assertThat(index.description().revision()).isEqualTo(revision);
    replace("a", "2", numbered("a", "new", 1));
    eventually(() -> assertThat(textsOf("a")).containsExactly("new 0"));
  }

  @Test
  void takesChunksInSeveralBatches() {
    try (Replacement replacement = index.replace(scope(), stamp("a", "1"))) {
      for (int i = replacement.written(); i < 5; i++) {
        replacement.add(List.of(chunk("a", "part " + i).vector(axis(0)).build()));
      }
      replacement.add(List.of());
      replacement.commit();
    }

    eventually(() -> assertThat(textsOf("a")).hasSize(5));
  }

  @Test
  void keepsOneOfAChunkThatIsAddedTwice() {
    StoredChunk twice = chunk("a", "twice").vector(axis(0)).build();
    replace("a", "1", twice, chunk("a", "once").vector(axis(0)).build(), twice);

    eventually(() -> assertThat(textsOf("a")).containsExactlyInAnyOrder("twice", "once"));
  }

  @Test
  void replacesWithNothing() {
    replace("a", "1", numbered("a", "old", 3));
    replace("a", "2", List.of());

    eventually(() -> assertThat(textsOf("a")).isEmpty());
    assertThatThrownBy(() -> replace("a", "1", numbered("a", "old", 3)))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void showsNothingBeforeTheCommit() {
    replace("a", "1", numbered("a", "old", 2));
    try (Replacement replacement = index.replace(scope(), stamp("a", "2"))) {
      replacement.add(numbered("a", "new", 3));

      assertThat(textsOf("a")).containsExactlyInAnyOrder("old 0", "old 1");
      assertThat(scan(KeyRange.ALL, false)).hasSize(2);
      replacement.commit();
    }

    eventually(() -> assertThat(textsOf("a")).hasSize(3));
  }

  @Tag("D5")
  @Test
  void closingWithoutACommitLeavesTheOldSet() {
    replace("a", "1", numbered("a", "old", 10));
    try (Replacement replacement = index.replace(scope(), stamp("a", "2"))) {
      replacement.add(numbered("a", "new", 3));
    }
    replace("b", "1", numbered("b", "other", 1));

    eventually(() -> assertThat(textsOf("b")).hasSize(1));
    assertThat(textsOf("a")).hasSize(10).allMatch(text -> text.startsWith("old"));
  }

  @Tag("D5")
  @Test
  void readersSeeTheOldSetOrTheNewNeverAMixture() throws Exception {
    replace("a", "000", numbered("a", "round0", 3));
    eventually(() -> assertThat(textsOf("a")).hasSize(3));
    AtomicBoolean over = new AtomicBoolean();
    Callable<Integer> reader =
        () -> {
          int seen = 0;
          Set<String> rounds = new HashSet<>();
          while (!over.get() || seen == 0) {
            List<String> texts = textsOf("a");
            Set<String> found = new HashSet<>();
            texts.forEach(text -> found.add(text.substring(0, text.indexOf(' '))));
            assertThat(found).as("one state at a time: " + texts).hasSize(1);
            int round = Integer.parseInt(found.iterator().next().substring(5));
            assertThat(texts).hasSize(3 + round % 5);
            rounds.addAll(found);
            seen++;
          }
          return rounds.size();
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
      try {
        for (int round = 1; round <= 40; round++) {
          replace("a", String.format("%03d", round), numbered("a", "round" + round, 3 + round % 5));
        }
      } finally {
        over.set(true);
      }
      for (Future<Integer> future : readers) {
        assertThat(future.get()).isPositive();
      }
    }
    eventually(() -> assertThat(textsOf("a")).hasSize(3).allMatch(t -> t.startsWith("round40")));
  }

  @Tag("D2")
  @Test
  void refusesAStaleStamp() {
    replace("a", "2", numbered("a", "new", 2));

    assertThatThrownBy(() -> replace("a", "1", numbered("a", "old", 5)))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("a");
    assertThat(index.remove(scope(), stamp("a", "1"))).isFalse();
    eventually(() -> assertThat(textsOf("a")).containsExactlyInAnyOrder("new 0", "new 1"));
  }

  @Test
  void refusesACommitThatALaterOneOvertook() {
    try (Replacement slow = index.replace(scope(), stamp("a", "1"))) {
      slow.add(numbered("a", "old", 5));
      replace("a", "2", numbered("a", "new", 2));

      assertThatThrownBy(slow::commit).isInstanceOf(Rejected.class);
    }

    eventually(() -> assertThat(textsOf("a")).containsExactlyInAnyOrder("new 0", "new 1"));
  }

  @Tag("D1")
  @Test
  void theSameStampAgainIsHarmless() {
    for (int i = 0; i < 3; i++) {
      replace("a", "1", numbered("a", "text", 4));
    }

    eventually(() -> assertThat(textsOf("a")).hasSize(4));
  }

  @Tag("D1")
  @Test
  void theSameStampTenTimesAtOnceMakesOneSet() throws Exception {
    Callable<Void> task =
        () -> {
          try (Replacement replacement = index.replace(scope(), stamp("a", "1"))) {
            List<StoredChunk> all = numbered("a", "text", 6);
            replacement.add(all.subList(replacement.written(), all.size()));
            replacement.commit();
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
      List<Future<Void>> futures = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        futures.add(threads.submit(task));
      }
      for (Future<Void> future : futures) {
        future.get();
      }
    }

    eventually(() -> assertThat(textsOf("a")).hasSize(6));
  }

  @Test
  void writersOfDifferentDocumentsDoNotDisturbOneAnother() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String document = "document" + i;
        futures.add(threads.submit(() -> replace(document, "1", numbered(document, "text", 3))));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }

    eventually(() -> assertThat(index.description().chunks()).isEqualTo(72));
    for (int i = 0; i < 24; i++) {
      assertThat(textsOf("document" + i)).hasSize(3);
    }
  }

  @Test
  void removesADocumentAndRemembersTheStamp() {
    replace("a", "1", numbered("a", "text", 4));
    replace("b", "1", numbered("b", "other", 1));

    assertThat(index.remove(scope(), stamp("a", "2"))).isTrue();

    eventually(() -> assertThat(textsOf("a")).isEmpty());
    assertThat(textsOf("b")).hasSize(1);
    assertThatThrownBy(() -> replace("a", "1", numbered("a", "text", 4)))
        .isInstanceOf(Rejected.class);
    assertThat(index.remove(scope(), stamp("a", "1"))).isFalse();
    replace("a", "3", numbered("a", "back", 1));
    eventually(() -> assertThat(textsOf("a")).containsExactly("back 0"));
  }

  @Tag("D2")
  @Test
  void removesADocumentThatItNeverHadAndRemembersTheStamp() {
    assertThat(index.remove(scope(), stamp("a", "2"))).isTrue();

    assertThatThrownBy(() -> replace("a", "1", numbered("a", "late", 1)))
        .isInstanceOf(Rejected.class);
    assertThat(index.remove(scope(), stamp("a", "2"))).isTrue();
  }

  @Test
  void keepsWhatWasCommittedWhenItIsOpenedAgain() {
    replace("a", "2", numbered("a", "text", 3));
    index.remove(scope(), stamp("gone", "5"));

    index = contract().open();

    eventually(() -> assertThat(textsOf("a")).hasSize(3));
    assertThatThrownBy(() -> replace("a", "1", numbered("a", "old", 1)))
        .isInstanceOf(Rejected.class);
    assertThat(index.remove(scope(), stamp("gone", "4"))).isFalse();
  }

  @Test
  void refusesAVectorOfAnotherDimensionBeforeAnythingIsWritten() {
    replace("a", "1", numbered("a", "old", 2));
    StoredChunk good = chunk("a", "good").vector(axis(0)).build();
    StoredChunk bad = chunk("a", "bad").vector(1, 2, 3).build();
    StoredChunk badSentence = chunk("a", "bad").sentence(0, 3, Vector.of(1, 2, 3)).build();

    for (StoredChunk wrong : List.of(bad, badSentence)) {
      assertThatThrownBy(() -> replace("a", "2", good, wrong))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("3")
          .hasMessageContaining("8");
      assertThatThrownBy(() -> index.put(scope(), List.of(good, wrong)))
          .isInstanceOf(InvalidRequest.class);
    }

    assertThat(textsOf("a")).containsExactlyInAnyOrder("old 0", "old 1");
    assertThat(index.get(scope(), Set.of(good.key(), bad.key()))).isEmpty();
  }

  @Tag("V4")
  @Test
  void refusesVectorsWithoutADirectionAndKeepsWhatWasThere() {
    replace("a", "1", numbered("a", "old", 2));
    for (float[] poison :
        List.of(
            new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 1},
            new float[] {1, Float.POSITIVE_INFINITY, 0, 0, 0, 0, 0, 0},
            new float[] {1, 0, 0, 0, 0, 0, 0, Float.NEGATIVE_INFINITY},
            new float[ChunkIndexContract.DIMENSION],
            new float[] {-0f, 0, 0, 0, 0, 0, 0, 0},
            new float[0])) {
      assertThatThrownBy(() -> replace("a", "2", chunk("a", "poisoned").vector(poison).build()))
          .isInstanceOf(InvalidRequest.class);
      assertThatThrownBy(
              () -> index.put(scope(), List.of(chunk("a", "poisoned").vector(poison).build())))
          .isInstanceOf(InvalidRequest.class);
      assertThatThrownBy(() -> search(null, Vector.of(poison), Filter.all()))
          .isInstanceOf(InvalidRequest.class);
    }

    assertThat(textsOf("a")).containsExactlyInAnyOrder("old 0", "old 1");
  }

  @Test
  void refusesChunksOfAnotherDocument() {
    assertThatThrownBy(() -> replace("a", "1", chunk("b", "stray").build()))
        .isInstanceOf(InvalidRequest.class);
    assertThat(scan(KeyRange.ALL, false)).isEmpty();
  }

  @Test
  void stopsWhenCancelledOrLate() {
    DocumentStamp stamp = stamp("a", "1");

    assertThatThrownBy(() -> index.replace(TestScopes.cancelled(), stamp))
        .isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> index.replace(TestScopes.expired(), stamp))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> index.remove(TestScopes.cancelled(), stamp))
        .isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> index.remove(TestScopes.expired(), stamp))
        .isInstanceOf(Unavailable.class);
    replace("a", "0", numbered("a", "still possible", 1));
  }

  private static List<StoredChunk> numbered(String document, String text, int count) {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(
          chunk(document, text + " " + i).vector(axis(i % 8)).with("number", Json.of(i)).build());
    }
    return chunks;
  }

  private List<String> textsOf(String document) {
    Filter filter = new Filter.Equals(Filter.DOCUMENT, Json.of(document));
    return texts(search(null, axis(0), filter).vector());
  }
}
