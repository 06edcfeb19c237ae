package io.kass.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final Bootstrap BOOTSTRAP = Bootstrap.DEFAULTS;

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] column = {0, 1, 1, 0, 1, 0.5, 0.25};

    assertThat(BOOTSTRAP.means(List.of(column)).equals(BOOTSTRAP.means(List.of(column)))).isTrue();
  }

  @Test
  void anEvenCoinHasTheWidthThatTheNormalApproximationSays() {
    double[] coin = IntStream.range(0, 400).mapToDouble(i -> i % 2).toArray();

    Estimate estimate = BOOTSTRAP.means(List.of(coin)).getFirst();

    // 1.96 × sqrt(0.25 / 400) = 0.049
    assertThat(estimate.value()).isEqualTo(0.5);
    assertThat(estimate.low()).isCloseTo(0.451, within(0.006));
    assertThat(estimate.high()).isCloseTo(0.549, within(0.006));
  }

  @Test
  void whatNeverVariesHasNoWidth() {
    assertThat(BOOTSTRAP.means(List.of(new double[] {1, 1, 1})))
        .containsExactly(new Estimate(1, 1, 1));
  }

  @Test
  void differencesArePairedSoTheirIntervalIsNarrowerThanTheSystemsOwn() {
    var random = new SplittableRandom(7);
    double[] hard = random.doubles(300).toArray();
    double[] better = IntStream.range(0, 300).mapToDouble(i -> hard[i] + 0.01).toArray();
    double[] difference = IntStream.range(0, 300).mapToDouble(i -> better[i] - hard[i]).toArray();

    List<Estimate> estimates = BOOTSTRAP.means(List.of(hard, better, difference));

    assertThat(estimates.get(0).high()).isGreaterThan(estimates.get(1).low());
    assertThat(estimates.get(2).low()).isCloseTo(0.01, within(1e-9));
    assertThat(estimates.get(2).high()).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void columnsOfDifferentLengthAreRefused() {
    assertThatThrownBy(() -> BOOTSTRAP.means(List.of(new double[1], new double[2])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BOOTSTRAP.means(List.of(new double[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void areaCountsThePairsThatStandRight() {
    // Pairs: 3>1, 3>2, 2>1 right, 2=2 half: 3.5 of 4.
    assertThat(BOOTSTRAP.auroc(new double[] {3, 2}, new double[] {1, 2}).value()).isEqualTo(0.875);
    assertThat(BOOTSTRAP.auroc(new double[] {5}, new double[] {1, 2}))
        .isEqualTo(new Estimate(1, 1, 1));
    assertThat(BOOTSTRAP.auroc(new double[] {4, 4}, new double[] {4}).value()).isEqualTo(0.5);
  }

  @Property(tries = 50)
  void areaIsTheShareOfPairs(
      @ForAll @Size(min = 1, max = 15) List<@DoubleRange(min = 0, max = 5) Double> positives,
      @ForAll @Size(min = 1, max = 15) List<@DoubleRange(min = 0, max = 5) Double> negatives) {
    double won = 0;
    for (double p : positives) {
      for (double n : negatives) {
        won += p > n ? 1 : p == n ? 0.5 : 0;
      }
    }

    Estimate area = new Bootstrap(100, 0.95, 1).auroc(array(positives), array(negatives));

    assertThat(area.value()).isCloseTo(won / (positives.size() * negatives.size()), within(1e-9));
    assertThat(area.low()).isLessThanOrEqualTo(area.high()).isBetween(0.0, 1.0);
  }

  @Property(tries = 50)
  void theIntervalStaysWithinTheData(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -2, max = 2) Double> values) {
    double[] column = array(values);

    Estimate estimate = new Bootstrap(200, 0.9, 3).means(List.of(column)).getFirst();

    assertThat(estimate.low()).isLessThanOrEqualTo(estimate.high());
    assertThat(estimate.low())
        .isGreaterThanOrEqualTo(values.stream().min(Double::compare).get() - 1e-9);
    assertThat(estimate.high())
        .isLessThanOrEqualTo(values.stream().max(Double::compare).get() + 1e-9);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
