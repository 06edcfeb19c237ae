package io.kass.ports.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kass.ports.TestScopes;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EmbeddingModel} does. */
public abstract class EmbeddingModelContract {
  private static final String CAT = "The cat sleeps on the sofa.";
  private static final String LIKE_CAT = "A cat sleeps on a sofa in the house.";
  private static final String TAX = "Income tax returns have to be filed by the end of May.";

  /** The model under test; may be the same each time. */
  protected abstract EmbeddingModel model();

  @Test
  void describesItselfTheSameEachTime() {
    EmbeddingInfo info = model().info();

    assertThat(model().info()).isEqualTo(info);
    assertThat(info.dimension()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void returnsUnitVectorsOfItsDimension(Purpose purpose) {
    List<Vector> vectors = embed(purpose, CAT, TAX, "x", "42", "!?");

    assertThat(vectors)
        .hasSize(5)
        .allSatisfy(vector -> {
          assertThat(vector.dimension()).isEqualTo(model().info().dimension());
          assertThat(vector.length()).isCloseTo(1, within(1e-4));
        });
  }

  @Test
  void returnsNothingForNothing() {
    assertThat(embed(Purpose.PASSAGE)).isEmpty();
  }

  @Test
  void keepsTheOrderOfTheTexts() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      texts.add("Paragraph " + i + " is about " + "this and ".repeat(i * 3 % 11) + "that.");
    }
    List<Vector> forward = embed(Purpose.PASSAGE, texts.toArray(String[]::new));
    Collections.reverse(texts);
    List<Vector> backward = new ArrayList<>(embed(Purpose.PASSAGE, texts.toArray(String[]::new)));
    Collections.reverse(backward);

    for (int i = 0; i < forward.size(); i++) {
      assertThat(forward.get(i).cosine(backward.get(i))).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void givesTheSameVectorWhateverStandsBesideTheText() {
    Vector alone = embed(Purpose.PASSAGE, CAT).get(0);
    Vector inCompany = embed(Purpose.PASSAGE, TAX, "x ".repeat(200), CAT).get(2);

    assertThat(inCompany.cosine(alone)).isCloseTo(1, within(1e-4));
  }

  @Test
  void placesLikeTextsNearer() {
    List<Vector> passages = embed(Purpose.PASSAGE, LIKE_CAT, TAX);
    Vector query = embed(Purpose.QUERY, CAT).get(0);

    assertThat(query.cosine(passages.get(0))).isGreaterThan(query.cosine(passages.get(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\u3000", "\u00a0", "\u2007\u202f"})
  void refusesBlankTextAndTellsItsPosition(String blank) {
    assertThatThrownBy(() -> embed(Purpose.PASSAGE, CAT, TAX, blank, "x"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("2");
  }

  @Test
  void cutsTextsAtItsTokenLimit() {
    String atLeastTheLimit = "word ".repeat(model().info().maxTokens());

    List<Vector> vectors = embed(Purpose.PASSAGE, atLeastTheLimit, atLeastTheLimit + TAX);

    assertThat(vectors.get(0).cosine(vectors.get(1))).isCloseTo(1, within(1e-4));
  }

  @Test
  void embedsTextsOfAMegabyte() {
    assertThat(embed(Purpose.PASSAGE, "lorem ipsum ".repeat(90_000), "x".repeat(1_000_000)))
        .hasSize(2);
  }

  @Tag("D15")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a lone \ud83d surrogate",
        "\udc00",
        "\ud83d",
        "before \u0000 after",
        "\u0000",
        "\ud83d\ude00",
        "👩‍👩‍👧‍👦 family",
        "\u200b",
        "\ufeff",
        "e\u0301\u0301\u0301",
        "日本語の文章です。",
        "\uffff"
      })
  void embedsWhateverCharactersThereAre(String text) {
    assertThat(embed(Purpose.PASSAGE, text).get(0).length()).isCloseTo(1, within(1e-4));
    assertThat(embed(Purpose.QUERY, text).get(0).length()).isCloseTo(1, within(1e-4));
  }

  @Test
  void stopsWhenItsTimeHasPassed() {
    assertThatThrownBy(
            () -> model().embed(TestScopes.expired(), Purpose.PASSAGE, List.of(CAT, TAX)))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void stopsWhenCancelled() {
    assertThatThrownBy(
            () -> model().embed(TestScopes.cancelled(), Purpose.PASSAGE, List.of(CAT, TAX)))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void servesManyCallersAtOnce() throws ExecutionException, InterruptedException {
    List<Vector> expected = embed(Purpose.PASSAGE, CAT, TAX);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<List<Vector>>>();
      for (int i = 0; i < 16; i++) {
        results.add(callers.submit(() -> embed(Purpose.PASSAGE, CAT, TAX)));
      }
      for (Future<List<Vector>> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    }
  }

  private List<Vector> embed(Purpose purpose, String... texts) {
    return model().embed(TestScopes.scope(), purpose, List.of(texts));
  }
}
