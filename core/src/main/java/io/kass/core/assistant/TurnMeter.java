package io.kass.core.assistant;

import io.kass.ports.assistant.Passage;
import io.kass.ports.assistant.ToolRun;
import io.kass.ports.assistant.Trace;
import io.kass.ports.chat.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures a turn as it goes. Used by one thread. */
final class TurnMeter {
  private final InstantSource clock;
  private final Prices prices;
  private final Instant started;
  private Duration retrieval = Duration.ZERO;
  private Duration generation = Duration.ZERO;
  private String searched = "";
  private List<Passage> shown = List.of();
  private TokenUsage usage = TokenUsage.NONE;
  private @Nullable BigDecimal cost = BigDecimal.ZERO;
  private int iterations;
  private List<ToolRun> tools = List.of();
  private int markersRemoved;
  private int linksRemoved;

  TurnMeter(InstantSource clock, Prices prices) {
    this.clock = clock;
    this.prices = prices;
    this.started = clock.instant();
  }

  Instant started() {
    return started;
  }

  /** All that was found is there. */
  void retrieved(String question) {
    searched = question;
    retrieval = Duration.between(started, clock.instant());
  }

  void shown(List<Passage> passages) {
    shown = passages;
  }

  /** A call of the model cost this. */
  void used(String model, TokenUsage used) {
    usage = usage.plus(used);
    BigDecimal more = prices.cost(model, used, clock.instant());
    cost = cost == null || more == null ? null : cost.add(more);
  }

  /** The model was asked for the answer, and was at it since then. */
  void generated(Instant asked) {
    iterations++;
    generation = generation.plus(Duration.between(asked, clock.instant()));
  }

  void ran(List<ToolRun> runs) {
    tools = runs;
  }

  void removed(int markers, int links) {
    markersRemoved = markers;
    linksRemoved = links;
  }

  long tokens() {
    return usage.input() + usage.cachedInput() + usage.output();
  }

  Trace trace() {
    return new Trace(
        retrieval,
        generation,
        Duration.between(started, clock.instant()),
        searched,
        shown,
        usage,
        cost,
        iterations,
        tools,
        markersRemoved,
        linksRemoved);
  }
}
