package io.kass.ports.index;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kass.ports.Audience;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.TestScopes;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searching: the legs, their scores, their limits, and who may see what. */
abstract class SearchScenarios extends ChunkIndexScenario {
  private static final Filter ALL = Filter.all();

  @Test
  void findsNothingInAnEmptyIndex() {
    Legs legs = search("anything", axis(0), ALL);

    assertThat(legs.vector()).isEmpty();
    assertThat(legs.keyword()).isEmpty();
  }

  @Test
  void returnsTheNearestFirstWithTheirCosines() {
    replace(
        "a",
        "1",
        chunk("a", "opposite").vector(-1, 0, 0, 0, 0, 0, 0, 0).build(),
        chunk("a", "near").vector(0.8f, 0.6f, 0, 0, 0, 0, 0, 0).build(),
        chunk("a", "same").vector(1, 0, 0, 0, 0, 0, 0, 0).build(),
        chunk("a", "across").vector(0, 0, 1, 0, 0, 0, 0, 0).build());

    eventually(() -> {
      List<Hit> found = search(null, axis(0), ALL).vector();
      assertThat(texts(found)).containsExactly("same", "near", "across", "opposite");
      assertScores(found, 1, 0.8, 0, -1);
    });
  }

  @Test
  void givesCosinesWhateverTheLengthOfTheVectors() {
    replace(
        "a",
        "1",
        chunk("a", "long").vector(300, 400, 0, 0, 0, 0, 0, 0).build(),
        chunk("a", "short").vector(0.0008f, 0.0006f, 0, 0, 0, 0, 0, 0).build());

    eventually(() -> {
      List<Hit> found = search(null, Vector.of(7, 0, 0, 0, 0, 0, 0, 0), ALL).vector();
      assertThat(texts(found)).containsExactly("short", "long");
      assertScores(found, 0.8, 0.6);
    });
  }

  @Test
  void findsTheTrueNeighboursAmongMany() {
    Random random = new Random(7);
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      chunks.add(chunk("a", "chunk " + i).vector(someVector(random)).build());
    }
    replace("a", "1", chunks);
    Vector wanted = someVector(random);
    List<String> nearest =
        chunks.stream()
            .sorted(Comparator.comparingDouble(c -> -wanted.cosine(vectorOf(c))))
            .limit(10)
            .map(c -> c.chunk().passage())
            .toList();

    ChunkQuery query = limited(null, wanted, 10);
    eventually(() -> assertThat(texts(index.search(scope(), query).vector())).isEqualTo(nearest));
  }

  @Test
  void findsAnExactWord() {
    replace("a", "1", chunk("a", "The kettle is in the kitchen").build());
    replace("b", "1", chunk("b", "The printer stands in the hall").build());

    eventually(() -> {
      List<String> found = texts(search("Where is the printer?", null, ALL).keyword());
      if (searchesWords()) {
        assertThat(found).startsWith("The printer stands in the hall");
      } else {
        assertThat(found).isEmpty();
      }
    });
  }

  @Test
  void ranksTheBetterMatchFirst() {
    replace(
        "a",
        "1",
        chunk("a", "coffee and tea for visitors").build(),
        chunk("a", "coffee machine descaling with citric acid").build(),
        chunk("a", "coffee beans").build(),
        chunk("a", "nothing of that kind").build());

    eventually(() -> {
      List<Hit> found = search("descaling coffee machine", null, ALL).keyword();
      if (!searchesWords()) {
        assertThat(found).isEmpty();
        return;
      }
      assertThat(texts(found)).hasSize(3).startsWith("coffee machine descaling with citric acid");
      assertThat(found).extracting(Hit::score).allMatch(score -> score > 0);
      assertThat(found)
          .extracting(Hit::score)
          .isSortedAccordingTo(Comparator.<Double>naturalOrder().reversed());
    });
  }

  @Test
  void leavesOutTheLegThatWasNotAskedFor() {
    replace("a", "1", chunk("a", "kettle").vector(axis(0)).build());

    eventually(() -> {
      Legs words = search("kettle", null, ALL);
      Legs nearest = search(null, axis(0), ALL);
      Legs both = search("kettle", axis(0), ALL);
      assertByWords(words, "kettle");
      assertThat(words.vector()).isEmpty();
      assertThat(nearest.keyword()).isEmpty();
      assertThat(texts(nearest.vector())).containsExactly("kettle");
      assertByWords(both, "kettle");
      assertThat(texts(both.vector())).containsExactly("kettle");
    });
  }

  @Test
  void findsChunksWithoutAVectorByTheirWordsOnly() {
    replace("a", "1", chunk("a", "kettle").build(), chunk("a", "cup").vector(axis(1)).build());

    eventually(() -> {
      Legs legs = search("kettle", axis(0), ALL);
      assertByWords(legs, "kettle");
      assertThat(texts(legs.vector())).containsExactly("cup");
    });
  }

  @Test
  void returnsAtMostTheLimitInEachLeg() {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      chunks.add(chunk("a", "tea number" + i).vector(axis(i % 8)).build());
    }
    replace("a", "1", chunks);

    eventually(() -> {
      Legs legs = index.search(scope(), limited("tea", axis(0), 7));
      assertThat(legsOf(legs)).allMatch(leg -> leg.size() == 7);
    });
  }

  @Test
  void returnsEachChunkOnce() {
    for (int round = 0; round < 3; round++) {
      replace("a", "1", chunk("a", "tea").vector(axis(0)).build());
      index.put(scope(), List.of(chunk("a", "tea").vector(axis(0)).build()));
    }

    eventually(() -> {
      Legs legs = search("tea", axis(0), ALL);
      assertThat(texts(legs.vector())).containsExactly("tea");
      assertByWords(legs, "tea");
    });
  }

  @Test
  void bringsTheWholeChunkButNotItsVector() {
    StoredChunk stored =
        chunk("docs/a b.md", "The kettle whistles.\nThen it stops.")
            .vector(axis(0))
            .place(new Place(new Locator.Lines(3, 4), List.of("Kitchen", "Devices"), 17, 52))
            .audience("staff", "everyone")
            .language(Language.ENGLISH)
            .with("author", Json.of("Ada"))
            .build();
    replace("docs/a b.md", "1", stored);

    eventually(() -> {
      Legs legs = search("kettle", axis(0), ALL);
      for (List<Hit> leg : legsOf(legs)) {
        assertThat(leg).hasSize(1);
        assertThat(leg.get(0).chunk()).isEqualTo(new StoredChunk(stored.chunk(), null, List.of()));
      }
    });
  }

  @Test
  void bringsSentencesOnlyWhenAskedFor() {
    replace(
        "a",
        "1",
        chunk("a", "Tea is hot. It cools.")
            .vector(axis(0))
            .sentence(0, 11, axis(1))
            .sentence(12, 21, null)
            .build());
    boolean kept = index.description().sentenceVectors();

    eventually(() -> {
      ChunkQuery query = limited("tea", axis(0), 5);
      Legs without = index.search(scope(), query);
      for (List<Hit> leg : legsOf(without)) {
        assertThat(leg.get(0).chunk().sentences()).isEmpty();
      }

      Legs with = index.search(scope(), query.withSentences());
      for (List<Hit> leg : legsOf(with)) {
        RecordScenarios.assertSentences(
            leg.get(0).chunk().sentences(),
            kept ? List.of(new Sentence(0, 11, axis(1)), new Sentence(12, 21, null)) : List.of());
      }
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "?!",
        "AND OR NOT ( [ {",
        "field:value^2 ~3 *",
        "\"open quote",
        "\\",
        "\ud83d\ude00",
        "a lone \ud83d surrogate",
        "\u0000",
        "the of and",
        "日本語の質問"
      })
  void takesAnyTextForWords(String text) {
    replace("a", "1", chunk("a", "tea").build());

    assertThat(search(text, null, ALL).keyword()).isEmpty();
  }

  @Test
  void takesAQuestionOfManyThousandWords() {
    replace("a", "1", chunk("a", "tea").build());
    StringBuilder question = new StringBuilder("tea");
    for (int i = 0; i < 20_000; i++) {
      question.append(" word").append(i);
    }

    eventually(() -> assertByWords(search(question.toString(), null, ALL), "tea"));
  }

  @Test
  void tellsWhichWordsOfTheQueryAHitContains() {
    replace("a", "1", chunk("a", "green tea").vector(axis(0)).build());
    replace("b", "1", chunk("b", "black coffee").vector(axis(1)).build());
    replace("c", "1", chunk("c", "black tea").vector(axis(2)).build());

    eventually(() -> {
      Legs legs = search("black tea zeppelin", axis(1), ALL);
      assertThat(legs.vector()).hasSize(3);
      if (legs.terms().isEmpty()) {
        assertThat(legs.vector()).allMatch(hit -> hit.terms().isEmpty());
        assertThat(legs.keyword()).allMatch(hit -> hit.terms().isEmpty());
        return;
      }
      assertThat(legs.terms()).hasSize(3);
      assertThat(legs.terms().stream().map(Legs.QueryTerm::documentFrequency))
          .containsExactly(2L, 2L, 0L);
      assertThat(legs.terms().get(1).idf())
          .isCloseTo(Math.log(1 + 1.5 / 2.5), within(1e-4))
          .isLessThan(legs.terms().get(2).idf());
      for (Hit hit : legs.vector()) {
        assertThat(hit.terms())
            .isEqualTo(
                switch (hit.chunk().chunk().passage()) {
                  case "green tea" -> Set.of(1);
                  case "black coffee" -> Set.of(0);
                  default -> Set.of(0, 1);
                });
      }
      assertThat(legs.keyword().get(0).terms()).containsExactlyInAnyOrder(0, 1);
    });
  }

  @Test
  void refusesAVectorOfAnotherDimension() {
    assertThatThrownBy(() -> search(null, Vector.of(1, 2, 3), ALL))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void showsOnlyWhatTheCallersGroupsMaySee() {
    replace("a", "1", chunk("a", "tea for all").vector(axis(0)).build());
    replace("b", "1", chunk("b", "tea for staff").vector(axis(0)).audience("staff").build());
    replace(
        "c",
        "1",
        chunk("c", "tea for staff and board").vector(axis(0)).audience("board", "staff").build());

    eventually(() -> {
      assertSees(Set.of("tea for all"), "everyone");
      assertSees(Set.of("tea for all"), "everyone", "nobody");
      assertSees(Set.of("tea for staff", "tea for staff and board"), "staff");
      assertSees(Set.of("tea for all", "tea for staff and board"), "everyone", "board");
    });
  }

  private void assertSees(Set<String> texts, String... groups) {
    Legs legs = search("tea", axis(0), ALL, groups);
    for (List<Hit> leg : legsOf(legs)) {
      assertThat(texts(leg)).containsExactlyInAnyOrderElementsOf(texts);
    }
  }

  @Tag("A14")
  @Test
  void noFilterShowsWhatTheCallerMayNotSee() {
    Json secret = Json.of("secret");
    replace(
        "a",
        "1",
        chunk("a", "tea").vector(axis(0)).audience("board").with("level", secret).build());
    eventually(() -> assertThat(search("tea", axis(0), ALL, "board").vector()).hasSize(1));

    for (Filter filter :
        List.of(
            ALL,
            new Filter.Not(new Filter.Or(List.of())),
            new Filter.Or(List.of(ALL, new Filter.Equals("audience", Json.of("board")))),
            new Filter.Or(List.of(new Filter.Equals("level", secret), ALL)),
            new Filter.Not(new Filter.Equals("audience", Json.of("everyone"))),
            new Filter.Not(new Filter.Equals("level", Json.of("other"))),
            new Filter.Equals(Filter.DOCUMENT, Json.of("a")),
            Filter.documentsUnder("a"))) {
      Legs legs = search("tea", axis(0), filter, "everyone", "staff");
      assertThat(legs.vector()).as(filter.toString()).isEmpty();
      assertThat(legs.keyword()).as(filter.toString()).isEmpty();
    }
  }

  @Test
  void fillsTheLimitWithWhatTheCallerMaySee() {
    List<StoredChunk> hidden = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      hidden.add(chunk("hidden", "tea tea tea " + i).vector(axis(0)).audience("board").build());
    }
    replace("hidden", "1", hidden);
    replace("open", "1", chunk("open", "some tea here").vector(axis(3)).build());

    eventually(() -> {
      Legs legs = index.search(scope(), limited("tea", axis(0), 1));
      assertThat(texts(legs.vector())).containsExactly("some tea here");
      assertByWords(legs, "some tea here");
    });
  }

  @Tag("V2")
  @Test
  void answersStraightAfterAWriteWithTheOldStateOrTheNewNeverWithAnError() {
    for (int round = 0; round < 20; round++) {
      String text = "tea of round" + round;
      replace("a", String.format("%02d", round), chunk("a", text).vector(axis(0)).build());

      assertThat(search("tea", axis(0), ALL).vector()).hasSizeLessThanOrEqualTo(1);
      eventually(() -> assertThat(texts(search("tea", axis(0), ALL).vector())).containsOnly(text));
    }
  }

  @Test
  void stopsWhenCancelledOrLate() {
    ChunkQuery query = limited("tea", axis(0), 5);

    assertThatThrownBy(() -> index.search(TestScopes.cancelled(), query))
        .isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> index.search(TestScopes.expired(), query))
        .isInstanceOf(Unavailable.class);
  }

  private static ChunkQuery limited(
      @org.jspecify.annotations.Nullable String text,
      @org.jspecify.annotations.Nullable Vector vector,
      int limit) {
    return new ChunkQuery(Audience.EVERYONE, text, Language.ENGLISH, vector, limit, ALL, false);
  }

  private static Vector vectorOf(StoredChunk chunk) {
    Vector vector = chunk.vector();
    if (vector == null) {
      throw new AssertionError("no vector: " + chunk);
    }
    return vector;
  }

  private static void assertScores(List<Hit> hits, double... expected) {
    assertThat(hits).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(hits.get(i).score()).isCloseTo(expected[i], within(1e-4));
    }
  }
}
