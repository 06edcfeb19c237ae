package io.kass.core.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What judged questions say about search and answers, with 95% intervals.
 *
 * @param questions how many were asked
 * @param answerable how many of them the documents answer
 * @param byKeywordsOnly how many are in a language that the embedding model does not speak, so that
 *     every mode searched them by keywords
 * @param retrieval figures of the answerable ones, by mode
 * @param aboveKeyword how far each other mode is above keyword search, question by question
 * @param containedInOne how many answers contain the expected words in their first quote, of those
 *     questions that come with such; null when none does
 * @param containedInTwo the same of the first two quotes
 * @param declinedWhenEmpty the share of unanswerable questions that were declined; null when there
 *     is none
 * @param falselyDeclined the share of answerable questions that were declined; null when there is
 *     none
 * @param decision the area under the ROC curve of the relevance score: how well it tells answerable
 *     from unanswerable; null unless there are both
 * @param kinds the same by kind of question, where questions have kinds
 */
public record EvaluationReport(
    int questions,
    int answerable,
    int byKeywordsOnly,
    Map<RetrievalMode, Map<RankingMetric, Estimate>> retrieval,
    Map<RetrievalMode, Map<RankingMetric, Estimate>> aboveKeyword,
    @Nullable Estimate containedInOne,
    @Nullable Estimate containedInTwo,
    @Nullable Estimate declinedWhenEmpty,
    @Nullable Estimate falselyDeclined,
    @Nullable Estimate decision,
    Map<String, Kind> kinds) {

  /**
   * One kind of question.
   *
   * @param questions how many there are
   * @param declined the share of them that was declined
   * @param retrieval figures of the answerable ones, by mode; empty when there are none
   * @param containedInTwo as for all questions
   */
  public record Kind(
      int questions,
      Estimate declined,
      Map<RetrievalMode, Map<RankingMetric, Estimate>> retrieval,
      @Nullable Estimate containedInTwo) {}

  /**
   * Sums up.
   *
   * @param outcomes at least one
   * @param modes the modes that were compared
   */
  public static EvaluationReport of(
      List<Outcome> outcomes, Set<RetrievalMode> modes, Bootstrap bootstrap) {
    List<Outcome> answerable = outcomes.stream().filter(o -> o.question().answerable()).toList();
    List<Outcome> unanswerable = outcomes.stream().filter(o -> !o.question().answerable()).toList();
    var rankings = new Rankings(answerable, modes, bootstrap);
    return new EvaluationReport(
        outcomes.size(),
        answerable.size(),
        (int) outcomes.stream().filter(o -> !o.byVector()).count(),
        rankings.values(),
        rankings.aboveKeyword(),
        contained(answerable, 1, bootstrap),
        contained(answerable, 2, bootstrap),
        share(unanswerable, o -> o.declined() ? 1 : 0, bootstrap),
        share(answerable, o -> o.declined() ? 1 : 0, bootstrap),
        answerable.isEmpty() || unanswerable.isEmpty()
            ? null
            : bootstrap.auroc(relevance(answerable), relevance(unanswerable)),
        kinds(outcomes, modes, bootstrap));
  }

  private static Map<String, Kind> kinds(
      List<Outcome> outcomes, Set<RetrievalMode> modes, Bootstrap bootstrap) {
    Map<String, List<Outcome>> byKind =
        outcomes.stream()
            .filter(o -> !o.question().kind().isEmpty())
            .collect(
                Collectors.groupingBy(o -> o.question().kind(), TreeMap::new, Collectors.toList()));
    var kinds = new LinkedHashMap<String, Kind>();
    byKind.forEach((kind, some) -> {
      List<Outcome> answerable = some.stream().filter(o -> o.question().answerable()).toList();
      kinds.put(
          kind,
          new Kind(
              some.size(),
              estimate(some, o -> o.declined() ? 1 : 0, bootstrap),
              new Rankings(answerable, modes, bootstrap).values(),
              contained(answerable, 2, bootstrap)));
    });
    return Collections.unmodifiableMap(kinds);
  }

  private static @Nullable Estimate contained(
      List<Outcome> answerable, int quotes, Bootstrap bootstrap) {
    List<Outcome> expecting =
        answerable.stream().filter(o -> o.question().answer() != null).toList();
    return share(expecting, o -> o.answeredWithin(quotes) ? 1 : 0, bootstrap);
  }

  private static @Nullable Estimate share(
      List<Outcome> outcomes, ToDoubleFunction<Outcome> value, Bootstrap bootstrap) {
    return outcomes.isEmpty() ? null : estimate(outcomes, value, bootstrap);
  }

  private static Estimate estimate(
      List<Outcome> outcomes, ToDoubleFunction<Outcome> value, Bootstrap bootstrap) {
    return bootstrap.means(List.of(outcomes.stream().mapToDouble(value).toArray())).getFirst();
  }

  private static double[] relevance(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::relevance).toArray();
  }

  /** The figures of every mode, all resampled by the same draws. */
  private record Rankings(List<Outcome> answerable, Set<RetrievalMode> modes, Bootstrap bootstrap) {
    Map<RetrievalMode, Map<RankingMetric, Estimate>> values() {
      return estimates(modes, this::column);
    }

    Map<RetrievalMode, Map<RankingMetric, Estimate>> aboveKeyword() {
      if (!modes.contains(RetrievalMode.KEYWORD)) {
        return Map.of();
      }
      var others = new TreeSet<>(modes);
      others.remove(RetrievalMode.KEYWORD);
      return estimates(
          others,
          (mode, metric) -> {
            double[] difference = column(mode, metric);
            double[] keyword = column(RetrievalMode.KEYWORD, metric);
            for (int i = 0; i < difference.length; i++) {
              difference[i] -= keyword[i];
            }
            return difference;
          });
    }

    private double[] column(RetrievalMode mode, RankingMetric metric) {
      return answerable.stream().mapToDouble(o -> metric.of(ranking(o, mode))).toArray();
    }

    private static Ranking ranking(Outcome outcome, RetrievalMode mode) {
      Ranking ranking = outcome.rankings().get(mode);
      if (ranking == null) {
        throw new IllegalArgumentException("a question was not asked in mode " + mode);
      }
      return ranking;
    }

    private Map<RetrievalMode, Map<RankingMetric, Estimate>> estimates(
        Set<RetrievalMode> rows, Columns columns) {
      if (answerable.isEmpty()) {
        return Map.of();
      }
      var samples = new ArrayList<double[]>();
      for (RetrievalMode mode : rows) {
        for (RankingMetric metric : RankingMetric.values()) {
          samples.add(columns.of(mode, metric));
        }
      }
      var means = bootstrap.means(samples).iterator();
      Map<RetrievalMode, Map<RankingMetric, Estimate>> table = new EnumMap<>(RetrievalMode.class);
      for (RetrievalMode mode : rows) {
        Map<RankingMetric, Estimate> row = new EnumMap<>(RankingMetric.class);
        for (RankingMetric metric : RankingMetric.values()) {
          row.put(metric, means.next());
        }
        table.put(mode, Collections.unmodifiableMap(row));
      }
      return Collections.unmodifiableMap(table);
    }
  }

  /** The value of a metric for each answerable question. */
  @FunctionalInterface
  private interface Columns {
    double[] of(RetrievalMode mode, RankingMetric metric);
  }
}
