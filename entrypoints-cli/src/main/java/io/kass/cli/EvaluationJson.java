package io.kass.cli;

import io.kass.core.evaluation.Bootstrap;
import io.kass.core.evaluation.Estimate;
import io.kass.core.evaluation.EvaluationReport;
import io.kass.core.evaluation.RankingMetric;
import io.kass.core.evaluation.RetrievalMode;
import io.kass.ports.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation as the JSON document that docs/cli.md describes. */
final class EvaluationJson {
  private EvaluationJson() {}

  static Json.Obj of(EvaluationReport report, Bootstrap bootstrap, List<String> notices) {
    var kinds = new Fields();
    report.kinds().forEach((name, kind) -> kinds.put(name, kind(kind)));
    return new Fields()
        .put("questions", report.questions())
        .put("answerable", report.answerable())
        .put("by_keywords_only", report.byKeywordsOnly())
        .put("retrieval", table(report.retrieval()))
        .put("above_keyword", table(report.aboveKeyword()))
        .put(
            "answers",
            new Fields()
                .put("contained_in_1_quote", estimate(report.containedInOne()))
                .put("contained_in_2_quotes", estimate(report.containedInTwo()))
                .put("declined_when_empty", estimate(report.declinedWhenEmpty()))
                .put("falsely_declined", estimate(report.falselyDeclined()))
                .put("auroc", estimate(report.decision()))
                .json())
        .put("kinds", kinds.json())
        .put(
            "bootstrap",
            new Fields()
                .put("resamples", bootstrap.resamples())
                .put("confidence", bootstrap.confidence())
                .put("seed", bootstrap.seed())
                .json())
        .put("notices", Json.ofTexts(notices))
        .json();
  }

  private static Json.Obj kind(EvaluationReport.Kind kind) {
    return new Fields()
        .put("questions", kind.questions())
        .put("declined", estimate(kind.declined()))
        .put("retrieval", table(kind.retrieval()))
        .put("contained_in_2_quotes", estimate(kind.containedInTwo()))
        .json();
  }

  private static Json.Obj table(Map<RetrievalMode, Map<RankingMetric, Estimate>> table) {
    var modes = new Fields();
    table.forEach((mode, row) -> {
      var metrics = new Fields();
      row.forEach((metric, estimate) -> metrics.put(metric.label(), estimate(estimate)));
      modes.put(mode.label(), metrics.json());
    });
    return modes.json();
  }

  private static Json estimate(@Nullable Estimate estimate) {
    return estimate == null
        ? new Json.Null()
        : new Fields()
            .put("value", estimate.value())
            .put("low", estimate.low())
            .put("high", estimate.high())
            .json();
  }
}
