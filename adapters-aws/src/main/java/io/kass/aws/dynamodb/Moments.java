package io.kass.aws.dynamodb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as numbers and as parts of keys. */
final class Moments {
  /** Before all others: the moment of what does not tell one. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private Moments() {}

  /** Whole microseconds since the epoch. */
  static long micros(@Nullable Instant moment) {
    return moment == null
        ? UNKNOWN
        : Math.addExact(
            Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
  }

  static @Nullable Instant instant(long micros) {
    return micros == UNKNOWN ? null : known(micros);
  }

  static Instant known(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Sixteen hexadecimal digits that are in the order of the moments. */
  static String sortable(long micros) {
    return "%016x".formatted(micros ^ Long.MIN_VALUE);
  }

  /** The moment that these digits stand for. */
  static long micros(String sortable) {
    return Long.parseUnsignedLong(sortable, 16) ^ Long.MIN_VALUE;
  }
}
