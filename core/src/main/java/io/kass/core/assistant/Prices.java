package io.kass.core.assistant;

import io.kass.ports.chat.TokenUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, from which day on. A model that is not here costs something unknown, never 0.
 *
 * @param prices all that are known, of one currency
 */
public record Prices(List<Price> prices) {
  /** Nothing is known. */
  public static final Prices UNKNOWN = new Prices(List.of());

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  public Prices {
    prices = List.copyOf(prices);
  }

  /**
   * A price for a million tokens.
   *
   * @param model the model's id
   * @param from the first day (UTC) of it
   * @param input read by the model
   * @param cachedInput read from the provider's cache
   * @param output written by it
   */
  public record Price(
      String model, LocalDate from, BigDecimal input, BigDecimal cachedInput, BigDecimal output) {}

  /**
   * Reads prices as they are configured: {@code model from input cached-input output} each, by
   * spaces, such as {@code gpt-x 2026-01-01 0.15 0.075 0.60}.
   *
   * @throws IllegalArgumentException when one is something else
   */
  public static Prices parse(List<String> texts) {
    var prices = new ArrayList<Price>();
    for (String text : texts) {
      List<String> parts = List.of(text.strip().split("\\s+"));
      try {
        if (parts.size() != 5) {
          throw new NumberFormatException("5 parts are wanted");
        }
        prices.add(
            new Price(
                parts.get(0),
                LocalDate.parse(parts.get(1)),
                amount(parts.get(2)),
                amount(parts.get(3)),
                amount(parts.get(4))));
      } catch (NumberFormatException | DateTimeParseException e) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is no price: write the model, the first day (2026-01-31), and the prices of a"
                + " million tokens of input, cached input and output",
            e);
      }
    }
    return new Prices(prices);
  }

  private static BigDecimal amount(String text) {
    var amount = new BigDecimal(text);
    if (amount.signum() < 0) {
      throw new NumberFormatException("less than nothing");
    }
    return amount;
  }

  /**
   * What a call cost; null where the price is not known, or the provider did not tell the tokens.
   */
  @Nullable BigDecimal cost(String model, TokenUsage usage, Instant at) {
    Price price = price(model, at);
    return price == null || usage.equals(TokenUsage.NONE)
        ? null
        : price
            .input()
            .multiply(BigDecimal.valueOf(usage.input()))
            .add(price.cachedInput().multiply(BigDecimal.valueOf(usage.cachedInput())))
            .add(price.output().multiply(BigDecimal.valueOf(usage.output())))
            .divide(MILLION);
  }

  /** The price of a model at a moment, or null. */
  @Nullable Price price(String model, Instant at) {
    if (prices.isEmpty()) {
      return null;
    }
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    return prices.stream()
        .filter(price -> price.model().equals(model) && !price.from().isAfter(day))
        .max(Comparator.comparing(Price::from))
        .orElse(null);
  }
}
