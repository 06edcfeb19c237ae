package io.kass.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  private static final EnumSet<RetrievalMode> MODES = EnumSet.allOf(RetrievalMode.class);

  /** Two answerable questions, one of them declined, and two unanswerable, one of them answered. */
  private static final List<Outcome> OUTCOMES =
      List.of(
          outcome("a", "8 seconds", 0.9, List.of(1), List.of(2), "after 8 seconds", "no"),
          outcome("a", "Porto", 0.3, List.of(4), List.of(1)),
          outcome("b", null, 0.1, null, null),
          outcome("b", null, 0.5, null, null, "made up"));

  @Test
  void averagesOverTheAnswerableQuestions() {
    EvaluationReport report = EvaluationReport.of(OUTCOMES, MODES, Bootstrap.DEFAULTS);

    assertThat(report.questions()).isEqualTo(4);
    assertThat(report.answerable()).isEqualTo(2);
    assertThat(value(report.retrieval(), RetrievalMode.KEYWORD, RankingMetric.RECALL_1))
        .isEqualTo(0.5);
    assertThat(value(report.retrieval(), RetrievalMode.KEYWORD, RankingMetric.MRR_10))
        .isEqualTo((1 + 0.25) / 2);
    assertThat(value(report.retrieval(), RetrievalMode.VECTOR, RankingMetric.MRR_10))
        .isEqualTo((0.5 + 1) / 2);
  }

  @Test
  void comparesEveryModeWithKeywordSearch() {
    EvaluationReport report = EvaluationReport.of(OUTCOMES, MODES, Bootstrap.DEFAULTS);

    assertThat(report.aboveKeyword().keySet())
        .containsExactly(RetrievalMode.VECTOR, RetrievalMode.HYBRID);
    assertThat(value(report.aboveKeyword(), RetrievalMode.VECTOR, RankingMetric.MRR_10))
        .isEqualTo(0.125);
    assertThat(
            EvaluationReport.of(OUTCOMES, EnumSet.of(RetrievalMode.HYBRID), Bootstrap.DEFAULTS)
                .aboveKeyword())
        .isEmpty();
  }

  @Test
  void judgesAnswersAndTheDecisionToAnswer() {
    EvaluationReport report = EvaluationReport.of(OUTCOMES, MODES, Bootstrap.DEFAULTS);

    assertThat(report.containedInOne()).extracting(Estimate::value).isEqualTo(0.5);
    assertThat(report.declinedWhenEmpty()).extracting(Estimate::value).isEqualTo(0.5);
    assertThat(report.falselyDeclined()).extracting(Estimate::value).isEqualTo(0.5);
    // Of the four pairs, 0.3 against 0.5 stands wrong.
    assertThat(report.decision()).extracting(Estimate::value).isEqualTo(0.75);
  }

  @Test
  void countsKindsApart() {
    EvaluationReport report = EvaluationReport.of(OUTCOMES, MODES, Bootstrap.DEFAULTS);

    assertThat(report.kinds().keySet()).containsExactly("a", "b");
    EvaluationReport.Kind unanswerable = report.kinds().get("b");
    assertThat(unanswerable).isNotNull();
    assertThat(unanswerable.questions()).isEqualTo(2);
    assertThat(unanswerable.declined().value()).isEqualTo(0.5);
    assertThat(unanswerable.retrieval()).isEmpty();
    assertThat(unanswerable.containedInTwo()).isNull();
  }

  @Test
  void saysNothingWhereThereIsNothingToMeasure() {
    EvaluationReport report =
        EvaluationReport.of(OUTCOMES.subList(2, 4), MODES, Bootstrap.DEFAULTS);

    assertThat(report.retrieval()).isEmpty();
    assertThat(report.aboveKeyword()).isEmpty();
    assertThat(report.containedInOne()).isNull();
    assertThat(report.falselyDeclined()).isNull();
    assertThat(report.decision()).isNull();
  }

  private static double value(
      Map<RetrievalMode, Map<RankingMetric, Estimate>> table,
      RetrievalMode mode,
      RankingMetric metric) {
    return table.getOrDefault(mode, Map.of()).getOrDefault(metric, new Estimate(-1, 0, 0)).value();
  }

  private static Outcome outcome(
      String kind,
      @Nullable String answer,
      double relevance,
      @Nullable List<Integer> byKeyword,
      @Nullable List<Integer> byVector,
      String... quotes) {
    Map<RetrievalMode, Ranking> rankings = new EnumMap<>(RetrievalMode.class);
    if (byKeyword != null && byVector != null) {
      rankings.put(RetrievalMode.KEYWORD, new Ranking(1, byKeyword));
      rankings.put(RetrievalMode.VECTOR, new Ranking(1, byVector));
      rankings.put(RetrievalMode.HYBRID, new Ranking(1, byKeyword));
    }
    List<String> relevant = rankings.isEmpty() ? List.of() : List.of("doc");
    var question = new JudgedQuestion("?", relevant, answer, kind);
    return new Outcome(question, rankings, relevance, true, List.of(quotes));
  }
}
