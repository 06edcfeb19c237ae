package io.kass.cli;

import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Style;
import io.kass.cli.terminal.Wrap;
import io.kass.core.evaluation.Estimate;
import io.kass.core.evaluation.EvaluationReport;
import io.kass.core.evaluation.RankingMetric;
import io.kass.core.evaluation.RetrievalMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as a person reads it: each figure with its 95% interval.
 *
 * @param style emphasis
 * @param columns where lines break
 */
record EvaluationPage(Style style, int columns) {
  private static final int LABEL = 11;
  private static final int SHARE = 21;
  private static final int GAIN = 27;

  List<String> lines(EvaluationReport report) {
    var lines = new ArrayList<String>();
    int unanswerable = report.questions() - report.answerable();
    lines.addAll(
        Wrap.lines(
            "%s: %d answerable, %d not. In parentheses: 95%% intervals."
                .formatted(
                    Ingested.count(report.questions(), "question"),
                    report.answerable(),
                    unanswerable),
            columns));
    table("Search", report.retrieval(), SHARE, EvaluationPage::share, lines);
    table(
        "Better than keyword search by", report.aboveKeyword(), GAIN, EvaluationPage::gain, lines);
    answers(report, lines);
    kinds(report, lines);
    return lines;
  }

  /** A column a mode as far as there is room, then further blocks below. */
  private void table(
      String title,
      Map<RetrievalMode, Map<RankingMetric, Estimate>> table,
      int width,
      Function<Estimate, String> cell,
      List<String> lines) {
    if (table.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(style.bold(title));
    int fitting = columns == Wrap.UNLIMITED ? table.size() : Math.max(1, (columns - LABEL) / width);
    List<RetrievalMode> modes = List.copyOf(table.keySet());
    for (int first = 0; first < modes.size(); first += fitting) {
      List<RetrievalMode> some = modes.subList(first, Math.min(first + fitting, modes.size()));
      var head = new StringBuilder(" ".repeat(LABEL));
      some.forEach(mode -> head.append(padded(mode.label(), width)));
      lines.add(style.dim(head.toString().stripTrailing()));
      for (RankingMetric metric : RankingMetric.values()) {
        var row = new StringBuilder(padded(metric.label(), LABEL));
        for (RetrievalMode mode : some) {
          Estimate estimate = table.getOrDefault(mode, Map.of()).get(metric);
          row.append(padded(estimate == null ? "" : cell.apply(estimate), width));
        }
        lines.add(row.toString().stripTrailing());
      }
    }
  }

  private void answers(EvaluationReport report, List<String> lines) {
    lines.add("");
    lines.add(style.bold("Answers in quotes"));
    figure("right in the first quote", report.containedInOne(), lines);
    figure("right in the first two", report.containedInTwo(), lines);
    figure("declined, and rightly", report.declinedWhenEmpty(), lines);
    figure("declined by mistake", report.falselyDeclined(), lines);
    figure("AUROC of the decision", report.decision(), lines);
  }

  private void kinds(EvaluationReport report, List<String> lines) {
    if (report.kinds().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(style.bold("By kind of question"));
    report
        .kinds()
        .forEach((name, kind) ->
            lines.addAll(
                Wrap.lines(
                    "%s: %s, %s declined%s"
                        .formatted(
                            Printable.line(name),
                            Ingested.count(kind.questions(), "question"),
                            number(kind.declined().value()),
                            best(kind)),
                    columns)));
  }

  private static String best(EvaluationReport.Kind kind) {
    Map<RankingMetric, Estimate> hybrid =
        kind.retrieval().getOrDefault(RetrievalMode.HYBRID, Map.of());
    Estimate gain = hybrid.get(RankingMetric.NDCG_10);
    Estimate contained = kind.containedInTwo();
    return (gain == null ? "" : ", hybrid ndcg@10 " + number(gain.value()))
        + (contained == null ? "" : ", right in two quotes " + number(contained.value()));
  }

  private static void figure(String name, @Nullable Estimate estimate, List<String> lines) {
    if (estimate != null) {
      lines.add(padded(name, 26) + share(estimate));
    }
  }

  private static String share(Estimate estimate) {
    return "%s (%s–%s)"
        .formatted(number(estimate.value()), number(estimate.low()), number(estimate.high()));
  }

  private static String gain(Estimate estimate) {
    return "%s (%s to %s)"
        .formatted(signed(estimate.value()), signed(estimate.low()), signed(estimate.high()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3f", value);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
