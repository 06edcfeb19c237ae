package io.kass.core.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Positive and negative scores in one ascending order, sorted once, so that the area under the ROC
 * curve of any weighting of them takes one pass.
 */
final class RankedScores {
  private final double[] scores;

  /** Index into the positives, or −1 − index into the negatives. */
  private final int[] origins;

  RankedScores(double[] positives, double[] negatives) {
    if (positives.length == 0 || negatives.length == 0) {
      throw new IllegalArgumentException("both kinds of scores are needed");
    }
    int total = positives.length + negatives.length;
    origins =
        IntStream.range(0, total)
            .map(i -> i < positives.length ? i : -1 - (i - positives.length))
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    origin -> origin >= 0 ? positives[origin] : negatives[-1 - origin]))
            .mapToInt(Integer::intValue)
            .toArray();
    scores = new double[total];
    for (int i = 0; i < total; i++) {
      scores[i] = origins[i] >= 0 ? positives[origins[i]] : negatives[-1 - origins[i]];
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("a score is not a number");
      }
    }
  }

  /** The area when each score counts as often as its weight says. */
  double auroc(int[] positiveWeights, int[] negativeWeights) {
    double won = 0;
    long negativesBelow = 0;
    long positivesInAll = 0;
    int i = 0;
    while (i < scores.length) {
      long positives = 0;
      long negatives = 0;
      // Equal scores are one step of the curve.
      int first = i;
      for (; i < scores.length && scores[i] == scores[first]; i++) {
        if (origins[i] >= 0) {
          positives += positiveWeights[origins[i]];
        } else {
          negatives += negativeWeights[-1 - origins[i]];
        }
      }
      won += positives * (negativesBelow + negatives / 2.0);
      negativesBelow += negatives;
      positivesInAll += positives;
    }
    return won / ((double) positivesInAll * negativesBelow);
  }
}
