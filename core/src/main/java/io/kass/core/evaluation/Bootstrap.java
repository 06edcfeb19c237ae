package io.kass.core.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Percentile bootstrap: how far a figure moves when the questions are drawn again, with
 * replacement. The same seed and the same samples give the same intervals. Immutable.
 *
 * @param resamples how often the questions are drawn, at least 100
 * @param confidence the share of the resamples between the bounds, such as 0.95
 * @param seed of the draws
 */
public record Bootstrap(int resamples, double confidence, long seed) {
  /** 95% intervals of 5,000 resamples. */
  public static final Bootstrap DEFAULTS = new Bootstrap(5_000, 0.95, 20_260_101L);

  public Bootstrap {
    if (resamples < 100 || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(resamples + " resamples at " + confidence);
    }
  }

  /**
   * The mean of each column with its interval. Row i of every column belongs to the same question,
   * and every column is resampled by the same draws: a column of differences between two systems
   * therefore gets the interval of the paired difference.
   *
   * @param columns of equal length, at least 1
   */
  public List<Estimate> means(List<double[]> columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    int rows = columns.getFirst().length;
    if (rows == 0 || columns.stream().anyMatch(column -> column.length != rows)) {
      throw new IllegalArgumentException("columns have the same number of rows, at least one");
    }
    double[][] means = new double[columns.size()][resamples];
    int[] draws = new int[rows];
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < resamples; i++) {
      draw(draws, random);
      for (int c = 0; c < means.length; c++) {
        means[c][i] = weightedSum(columns.get(c), draws) / rows;
      }
    }
    return IntStream.range(0, means.length)
        .mapToObj(c -> estimate(Arrays.stream(columns.get(c)).average().orElseThrow(), means[c]))
        .toList();
  }

  /**
   * The area under the ROC curve with its interval: how often a positive's score is above a
   * negative's, ties counting half. Positives and negatives are resampled each for themselves.
   *
   * @param positives scores, at least one, none NaN
   * @param negatives scores, at least one, none NaN
   */
  public Estimate auroc(double[] positives, double[] negatives) {
    var scores = new RankedScores(positives, negatives);
    int[] positiveDraws = new int[positives.length];
    int[] negativeDraws = new int[negatives.length];
    Arrays.fill(positiveDraws, 1);
    Arrays.fill(negativeDraws, 1);
    double value = scores.auroc(positiveDraws, negativeDraws);
    double[] areas = new double[resamples];
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < resamples; i++) {
      draw(positiveDraws, random);
      draw(negativeDraws, random);
      areas[i] = scores.auroc(positiveDraws, negativeDraws);
    }
    return estimate(value, areas);
  }

  /** Draws as many rows as there are, with replacement: how often each one came. */
  private static void draw(int[] draws, RandomGenerator random) {
    Arrays.fill(draws, 0);
    for (int i = 0; i < draws.length; i++) {
      draws[random.nextInt(draws.length)]++;
    }
  }

  private static double weightedSum(double[] values, int[] weights) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * weights[i];
    }
    return sum;
  }

  private Estimate estimate(double value, double[] resampled) {
    Arrays.sort(resampled);
    double tail = (1 - confidence) / 2;
    return new Estimate(value, quantile(resampled, tail), quantile(resampled, 1 - tail));
  }

  /** Linear between the two nearest ranks. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
