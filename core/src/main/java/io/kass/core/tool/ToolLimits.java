package io.kass.core.tool;

import java.time.Duration;

/**
 * What one call of a tool may take.
 *
 * @param time how long it may run
 * @param outputCharacters how much of its outcome a model is shown
 * @param argumentCharacters how long its arguments may be, as JSON
 * @param callsAtOnce how many calls a model may ask for in one reply
 */
public record ToolLimits(
    Duration time, int outputCharacters, int argumentCharacters, int callsAtOnce) {
  public static final ToolLimits DEFAULTS =
      new ToolLimits(Duration.ofSeconds(30), 20_000, 16_384, 8);

  public ToolLimits {
    if (!time.isPositive() || outputCharacters < 1 || argumentCharacters < 2 || callsAtOnce < 1) {
      throw new IllegalArgumentException("limits are more than nothing");
    }
  }
}
