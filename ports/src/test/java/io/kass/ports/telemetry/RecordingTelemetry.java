package io.kass.ports.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Remembers what was measured. */
public final class RecordingTelemetry implements Telemetry {
  private final List<Counted> counted = new ArrayList<>();
  private final List<Timed> timed = new ArrayList<>();

  /** A count that was added to. */
  public record Counted(String name, long amount, Map<String, String> attributes) {
    public Counted {
      attributes = Map.copyOf(attributes);
    }
  }

  /** A time that was recorded. */
  public record Timed(String name, Duration took, Map<String, String> attributes) {
    public Timed {
      attributes = Map.copyOf(attributes);
    }
  }

  @Override
  public synchronized void count(String name, long amount, Map<String, String> attributes) {
    counted.add(new Counted(name, amount, attributes));
  }

  @Override
  public synchronized void time(String name, Duration took, Map<String, String> attributes) {
    timed.add(new Timed(name, took, attributes));
  }

  /** What was counted, in order. */
  public synchronized List<Counted> counted() {
    return List.copyOf(counted);
  }

  /** What was timed, in order. */
  public synchronized List<Timed> timed() {
    return List.copyOf(timed);
  }

  /** The sum of a count, over all attributes. */
  public synchronized long sum(String name) {
    return counted.stream()
        .filter(count -> count.name().equals(name))
        .mapToLong(Counted::amount)
        .sum();
  }
}
