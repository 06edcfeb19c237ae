package io.kass.local.postgres;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/**
 * Times without a zone, as a clock on a wall of a zone shows them, and the instants that they mean.
 * What is later on the wall is never the earlier instant.
 *
 * @param zone where the wall is
 */
record WallTime(ZoneId zone) {
  /** What the database can hold, with some days to spare on both sides. */
  private static final Instant FIRST = Instant.parse("-4712-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("+294000-01-01T00:00:00Z");

  /** Whether the database can hold this moment. */
  static boolean canHold(Instant instant) {
    return instant.isAfter(FIRST) && instant.isBefore(LAST);
  }

  /**
   * The moment of a time on the wall: of one that comes twice the first, and of one that never
   * comes the moment at which the clock jumped over it.
   */
  Instant instant(LocalDateTime time) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    return change != null && change.isGap() ? change.getInstant() : time.atZone(zone).toInstant();
  }

  /** Whether the clock never shows this time. */
  boolean isSkipped(LocalDateTime time) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    return change != null && change.isGap();
  }

  /** What the clock shows at this moment, in whole microseconds. */
  LocalDateTime time(Instant instant) {
    return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), zone);
  }
}
