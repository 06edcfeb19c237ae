package io.kass.ports.chat;

/**
 * The tokens that a call cost.
 *
 * @param cachedInput input read from the provider's cache
 * @param input other input
 * @param output output
 */
public record TokenUsage(long cachedInput, long input, long output) {
  public static final TokenUsage NONE = new TokenUsage(0, 0, 0);

  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        cachedInput + other.cachedInput, input + other.input, output + other.output);
  }
}
