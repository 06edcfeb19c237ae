package io.kass.cli.config;

import io.kass.core.assistant.Prices;
import io.kass.ports.error.KassException.Misconfigured;
import java.util.List;

/**
 * What language models cost, as it is configured.
 *
 * @param models a price each: the model, its first day, and what a million tokens of input, cached
 *     input and output cost, such as {@code gpt-x 2026-01-31 0.15 0.075 0.60}
 */
public record PricesConfig(List<String> models) {
  /** No price is known. */
  public static final PricesConfig DEFAULTS = new PricesConfig(List.of());

  /**
   * The prices.
   *
   * @throws Misconfigured when one is something else
   */
  public Prices prices() {
    try {
      return Prices.parse(models);
    } catch (IllegalArgumentException e) {
      throw new Misconfigured("Setting 'models' in section 'prices': " + e.getMessage() + ".", e);
    }
  }
}
