package io.kass.ports;

import org.jspecify.annotations.Nullable;

/**
 * A range of keys, compared bytewise as text. Bounds need not be whole keys: {@code "a0"} to {@code
 * "a1"} is every key that begins with {@code a0}.
 *
 * @param from the first key that belongs to it; empty for no bound
 * @param to the first key that no longer does, or null for no bound
 */
public record KeyRange(String from, @Nullable String to) {
  /** Every key. */
  public static final KeyRange ALL = new KeyRange("", null);

  public KeyRange {
    if (to != null && to.compareTo(from) < 0) {
      throw new IllegalArgumentException("not a range: " + from + ".." + to);
    }
  }

  /** Whether the key belongs to it. */
  public boolean contains(String key) {
    return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
  }
}
