package io.kass.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kass.ports.Language;
import io.kass.ports.assistant.Passage;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Legs.QueryTerm;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RelevanceTest {
  private static final StoredChunk CHUNK = ChunkBuilder.chunk("d", "some text").build();
  private static final List<QueryTerm> TERMS =
      List.of(new QueryTerm("audit", 3, 2), new QueryTerm("log", 1, 20));
  private static final String E5 = "e5-small-v2-q";

  @Test
  void nothingFoundIsNotRelevant() {
    assertThat(Relevance.of("audit logs", Language.ENGLISH, null, E5, Legs.EMPTY, List.of(), 100))
        .isEqualTo(Relevance.NONE);
  }

  @Test
  void nearAndHoldingTheWordsIsRelevant() {
    assertThat(judge("audit logs", 0.88, Set.of(0, 1), 300).relevant()).isTrue();
  }

  @Test
  void farAndWithoutTheWordsIsNot() {
    assertThat(judge("audit logs", 0.78, Set.of(), 300).relevant()).isFalse();
  }

  @Test
  void anIdentifierThatIsThereIsAlwaysRelevant() {
    assertThat(judge("what is ERR-4021", 0.5, Set.of(0, 1), 10_000).relevant()).isTrue();
    assertThat(judge("what is this error", 0.5, Set.of(0, 1), 10_000).relevant()).isFalse();
  }

  @Test
  void wordsAloneDecideForAModelThatWasNotMeasured() {
    assertThat(judge("audit logs", "another", 0.2, Set.of(0, 1), 300).relevant()).isTrue();
    assertThat(judge("audit logs", "another", 0.99, Set.of(), 300).relevant()).isFalse();
  }

  @Test
  void wordsAreLookedForHereWhereTheStoreTellsNone() {
    assertThat(withoutTerms("audit logs", 0.8).relevant()).isFalse();
    assertThat(withoutTerms("some text", 0.8).score())
        .isGreaterThan(withoutTerms("some logs", 0.8).score());
    assertThat(withoutTerms("some text", 0.85).relevant()).isTrue();
  }

  private static Relevance withoutTerms(String question, double cosine) {
    var legs =
        new Legs(
            List.of(new Hit(CHUNK, cosine, Set.of(), OptionalDouble.empty())),
            List.of(),
            List.of());
    return Relevance.of(
        question, Language.ENGLISH, null, E5, legs, List.of(new Passage(CHUNK, 1)), 20);
  }

  @Test
  void inJapaneseTheSignsOfAParaphraseCount() {
    assertThat(japanese("休暇を申請する", 20).relevant()).isTrue();
    assertThat(japanese("監査ログを保存する", 20).relevant()).isFalse();
  }

  @Test
  void inJapaneseWordsThatAreNowhereCountAgainst() {
    assertThat(japanese("休暇を申請する", 0).score()).isLessThan(japanese("休暇を申請する", 20).score());
  }

  /** Asks how to apply for days off; half of the words stand in the chunk. */
  private static Relevance japanese(String text, long frequency) {
    StoredChunk chunk = ChunkBuilder.chunk("d", text).build();
    var terms = List.of(new QueryTerm("申請", 3, 2), new QueryTerm("休み", 3, frequency));
    var legs = new Legs(List.of(), List.of(new Hit(chunk, 5, Set.of(0))), terms);
    return Relevance.of(
        "休みの申請", Language.JAPANESE, null, E5, legs, List.of(new Passage(chunk, 1)), 1_000);
  }

  @Test
  void wordsThatPointAtOneOfTheNearestConfirmIt() {
    var others = new ArrayList<Hit>();
    for (int i = 0; i < 3; i++) {
      others.add(Hit.of(ChunkBuilder.chunk("other" + i, "other text " + i).build(), 0.83));
    }
    List<Hit> words = List.of(new Hit(CHUNK, 5, Set.of(1)));
    var near = new ArrayList<>(others.subList(0, 2));
    near.add(new Hit(CHUNK, 0.82, Set.of(1)));
    var far = new ArrayList<>(others);
    far.add(new Hit(CHUNK, 0.82, Set.of(1)));

    assertThat(judge("logs", Language.ENGLISH, E5, new Legs(near, words, TERMS), 100).score())
        .isGreaterThan(
            judge("logs", Language.ENGLISH, E5, new Legs(far, words, TERMS), 100).score());
  }

  @Property
  void moreChunksNeedMoreEvidence(
      @ForAll @DoubleRange(min = 0.7, max = 0.95) double cosine,
      @ForAll @LongRange(min = 0, max = 100_000) long few,
      @ForAll @LongRange(min = 0, max = 100_000) long more) {
    assertThat(judge("audit", cosine, Set.of(0), Math.min(few, more)).score())
        .isGreaterThanOrEqualTo(judge("audit", cosine, Set.of(0), Math.max(few, more)).score());
  }

  @Test
  void whereAllIsAboutFewThingsTheWordsHaveToTell() {
    // Sentences at cosines of 0.75 and of 0.84 to one another.
    double spread = evidence(0.75, Set.of(0));
    double crowded = evidence(0.84, Set.of(0));
    assertThat(evidence(0.5, Set.of(0))).isCloseTo(spread, within(1e-6));
    assertThat(crowded).isLessThan(spread - 1.5);
    assertThat(evidence(0.84, Set.of(0, 1)) - crowded)
        .isGreaterThan(evidence(0.75, Set.of(0, 1)) - spread + 1);
  }

  @Test
  void whatWasMadeFromOneTemplateIsNotOfOneTrade() {
    assertThat(evidence(0.98, Set.of(0))).isCloseTo(evidence(0.75, Set.of(0)), within(1e-6));
    assertThat(evidence(0.91, Set.of(0)))
        .isCloseTo(evidence(0.83, Set.of(0)), within(0.02))
        .isGreaterThan(evidence(0.87, Set.of(0)));
  }

  /** Of a hit whose sentences are so near to one another. */
  private static double evidence(double closeness, Set<Integer> held) {
    float turned = (float) Math.sqrt(1 - closeness);
    float shared = (float) Math.sqrt(closeness);
    StoredChunk chunk =
        ChunkBuilder.chunk("d", "one two three")
            .sentence(0, 3, Vector.of(shared, turned, 0, 0))
            .sentence(4, 7, Vector.of(shared, 0, turned, 0))
            .sentence(8, 13, Vector.of(shared, 0, 0, turned))
            .build();
    var legs = new Legs(List.of(new Hit(chunk, 0.84, held)), List.of(), TERMS);
    double score =
        Relevance.of("audit", Language.ENGLISH, null, E5, legs, List.of(new Passage(chunk, 1)), 300)
            .score();
    return Math.log(score / (1 - score));
  }

  @Test
  void whatCannotBeJudgedIsShown() {
    var legs = new Legs(List.of(Hit.of(CHUNK, 0.2)), List.of(), List.of());
    assertThat(judge("audit", Language.ENGLISH, "another", legs, 300).relevant()).isTrue();
    assertThat(judge("audit", Language.ENGLISH, E5, legs, 300).relevant()).isFalse();
  }

  @Property
  void scoresAgreeWithTheDecision(
      @ForAll @DoubleRange(min = -1, max = 1) double cosine,
      @ForAll @LongRange(min = 0, max = 100_000) long chunks) {
    Relevance relevance = judge("audit", cosine, Set.of(1), chunks);
    assertThat(relevance.score()).isBetween(0.0, 1.0);
    assertThat(relevance.relevant()).isEqualTo(relevance.score() >= 0.5);
  }

  private static Relevance judge(String question, double cosine, Set<Integer> held, long chunks) {
    return judge(question, E5, cosine, held, chunks);
  }

  private static Relevance judge(
      String question, String model, double cosine, Set<Integer> held, long chunks) {
    var legs = new Legs(List.of(new Hit(CHUNK, cosine, held)), List.of(), TERMS);
    return judge(question, Language.ENGLISH, model, legs, chunks);
  }

  private static Relevance judge(
      String question, Language language, String model, Legs legs, long chunks) {
    return Relevance.of(
        question, language, null, model, legs, List.of(new Passage(CHUNK, 1)), chunks);
  }
}
