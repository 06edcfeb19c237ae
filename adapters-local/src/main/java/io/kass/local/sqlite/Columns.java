package io.kass.local.sqlite;

import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Values as the database keeps them, and back. */
final class Columns {
  /** An instant that is not known: before all others. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  private Columns() {}

  static long micros(@Nullable Instant instant) {
    if (instant == null) {
      return UNKNOWN;
    }
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS));
    } catch (ArithmeticException e) {
      throw new InvalidRequest("An instant is too far away to be stored.", e);
    }
  }

  /** The moment until which something is valid, any far one as the farthest that can be kept. */
  static long expiry(Instant instant) {
    Instant last = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);
    return instant.isAfter(last) ? Long.MAX_VALUE : micros(instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static @Nullable Instant known(long micros) {
    return micros == UNKNOWN ? null : instant(micros);
  }

  /** The end of a range of texts: every text comes before every blob. */
  static Object end(@Nullable String to) {
    return to == null ? new byte[0] : to;
  }

  static Json.Obj object(String json) {
    try {
      if (Json.parse(json) instanceof Json.Obj object) {
        return object;
      }
    } catch (IllegalArgumentException e) {
      throw new Internal("The database holds something that KASS did not write.", e);
    }
    throw new Internal("The database holds something that KASS did not write.");
  }

  static Metadata metadata(String json) {
    return Metadata.of(object(json).members());
  }

  /** A place in an ordering by an instant and a name: a mark that stays good when its row goes. */
  record Position(long micros, String name) {
    /** What a cursor of ours says; the start comes before every row. */
    static Position of(Cursor cursor) {
      if (cursor.equals(Cursor.START)) {
        return new Position(Long.MIN_VALUE, "");
      }
      int space = cursor.token().indexOf(' ');
      try {
        return new Position(
            Long.parseLong(cursor.token().substring(0, Math.max(space, 0))),
            cursor.token().substring(space + 1));
      } catch (NumberFormatException e) {
        throw new InvalidRequest("This is no mark of a listing of this store.", e);
      }
    }

    Cursor cursor() {
      return new Cursor(micros + " " + name);
    }
  }
}
