package io.kass.core.assistant;

import java.time.Duration;

/**
 * What one answer, and one user's answers of a day (UTC), may take. Those of a day: 0 for no limit;
 * answers that are being made when a limit of tokens or cost is reached are finished.
 *
 * @param iterations how often the model is asked for one answer: once more after each round of
 *     tools
 * @param time how long one answer may take
 * @param tokens how many tokens, read and written, one answer may cost
 * @param dailyQuestions how many questions a user may ask
 * @param dailyTokens how many tokens a user's answers may cost
 * @param dailyCost what they may cost, in the currency of the prices
 */
public record AnswerLimits(
    int iterations,
    Duration time,
    long tokens,
    long dailyQuestions,
    long dailyTokens,
    double dailyCost) {
  public static final AnswerLimits DEFAULTS =
      new AnswerLimits(10, Duration.ofMinutes(5), 200_000, 0, 0, 0);

  public AnswerLimits {
    if (iterations < 1 || !time.isPositive() || tokens < 1) {
      throw new IllegalArgumentException("limits of an answer are at least 1");
    }
    if (dailyQuestions < 0 || dailyTokens < 0 || dailyCost < 0) {
      throw new IllegalArgumentException("limits of a day are at least 0, which means none");
    }
  }
}
