package io.kass.core.assistant;

import io.kass.core.users.Users;
import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import io.kass.ports.assistant.Trace;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.ledger.Ledger;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * What a user may still ask for today, kept in counters of the ledger that are void a day later and
 * are erased with the user. Thread-safe.
 */
final class Allowance {
  /** Costs are counted in millionths. */
  private static final int DECIMALS = 6;

  private final Ledger ledger;
  private final AnswerLimits limits;
  private final Prices prices;
  private final String model;
  private final InstantSource clock;

  /**
   * @param model id of the model that answers; empty where there is none
   */
  Allowance(Ledger ledger, AnswerLimits limits, Prices prices, String model, InstantSource clock) {
    this.ledger = ledger;
    this.limits = limits;
    this.prices = prices;
    this.model = model;
    this.clock = clock;
  }

  /** Whether there is any limit of a day. */
  boolean limited() {
    return limits.dailyQuestions() > 0 || limits.dailyTokens() > 0 || limits.dailyCost() > 0;
  }

  /**
   * Counts a question before it is answered.
   *
   * @throws Throttled when nothing is left for today
   * @throws Misconfigured when cost is limited, and nobody knows what the model costs
   */
  void take(CallScope scope) {
    if (limits.dailyCost() > 0
        && !model.isEmpty()
        && prices.price(model, clock.instant()) == null) {
      throw new Misconfigured(
          "Answers have a limit of cost, but no price is known for the model '" + model + "'.");
    }
    require(scope, "tokens", 0, limits.dailyTokens() - 1, limits.dailyTokens() > 0, "tokens");
    require(scope, "cost", 0, micros(dailyCost()) - 1, limits.dailyCost() > 0, "cost");
    require(
        scope, "questions", 1, limits.dailyQuestions(), limits.dailyQuestions() > 0, "questions");
  }

  private void require(
      CallScope scope, String what, long amount, long limit, boolean limited, String words) {
    if (limited && add(scope, what, amount, limit) < 0) {
      Instant tomorrow = tomorrow();
      throw new Throttled(
          "Today's limit of " + words + " is reached. Ask again after " + tomorrow + ".",
          Duration.between(clock.instant(), tomorrow));
    }
  }

  /** Counts what an answer cost. */
  void spend(CallScope scope, Trace trace) {
    long tokens = tokens(trace);
    if (limits.dailyTokens() > 0 && tokens > 0) {
      add(scope, "tokens", tokens, Long.MAX_VALUE);
    }
    BigDecimal cost = trace.cost();
    if (limits.dailyCost() > 0 && cost != null && cost.signum() > 0) {
      add(scope, "cost", micros(cost), Long.MAX_VALUE);
    }
  }

  static long tokens(Trace trace) {
    return trace.usage().input() + trace.usage().cachedInput() + trace.usage().output();
  }

  private long add(CallScope scope, String what, long amount, long limit) {
    UserId user = scope.caller().user();
    Instant tomorrow = tomorrow();
    String day = tomorrow.minus(1, ChronoUnit.DAYS).toString().substring(0, 10);
    String counter = Users.ledgerPrefix(user) + "quota/" + what + "/" + day;
    return ledger.add(scope, counter, amount, limit, tomorrow);
  }

  private Instant tomorrow() {
    return clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }

  private BigDecimal dailyCost() {
    return BigDecimal.valueOf(limits.dailyCost());
  }

  private static long micros(BigDecimal cost) {
    return cost.movePointRight(DECIMALS).setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
