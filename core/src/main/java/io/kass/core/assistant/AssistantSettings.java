package io.kass.core.assistant;

import io.kass.core.safety.AllowedHosts;
import java.time.Duration;
import java.util.List;

/**
 * How questions are answered.
 *
 * @param passages how many passages an answer may rest on
 * @param promptTokens how many tokens a model is shown, of passages and, up to a third, of what was
 *     said before
 * @param historyMessages how many earlier messages a model is shown
 * @param outputTokens how long a model's answer may be
 * @param temperature 0 for the most likely words
 * @param quotes how many sentences an answer without a model quotes
 * @param links hosts to which links in answers may lead, each with all below it
 * @param cache how long a model's answer to the first question of a conversation may be given
 *     again; zero for never
 */
public record AssistantSettings(
    int passages,
    int promptTokens,
    int historyMessages,
    int outputTokens,
    double temperature,
    int quotes,
    List<String> links,
    Duration cache) {
  public static final AssistantSettings DEFAULTS =
      new AssistantSettings(8, 3_000, 6, 1_024, 0.0, 2, List.of(), Duration.ofHours(1));

  public AssistantSettings {
    if (passages < 1 || promptTokens < 1 || historyMessages < 0 || outputTokens < 1 || quotes < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
    if (cache.isNegative()) {
      throw new IllegalArgumentException("answers are kept for some time, or for none");
    }
    links = List.copyOf(links);
  }

  /** Where links may lead. */
  public AllowedHosts hosts() {
    return new AllowedHosts(links);
  }
}
