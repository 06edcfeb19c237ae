package io.kass.ports.telemetry;

import java.time.Duration;
import java.util.Map;

/**
 * Takes measurements. Thread-safe; never throws and never blocks. Names are dotted lowercase words;
 * attributes have few distinct values and never hold user text or secrets.
 */
public interface Telemetry {
  /** Adds to a count. */
  void count(String name, long amount, Map<String, String> attributes);

  /** Records how long something took. */
  void time(String name, Duration took, Map<String, String> attributes);

  /** Measures nothing. */
  static Telemetry none() {
    return new Telemetry() {
      @Override
      public void count(String name, long amount, Map<String, String> attributes) {}

      @Override
      public void time(String name, Duration took, Map<String, String> attributes) {}
    };
  }
}
