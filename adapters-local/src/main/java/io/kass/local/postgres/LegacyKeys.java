package io.kass.local.postgres;

import java.util.HexFormat;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keys of rows that the legacy application wrote: sixteen hexadecimal digits of the row's id, so
 * that the order of keys is the order of ids. Where a message of ours already has that key (it was
 * moved here from another legacy database), zeros follow until it has not: that keeps the order,
 * too.
 */
final class LegacyKeys {
  private static final int DIGITS = 16;
  private static final int LONGEST = 64;
  private static final String MOST_ZEROS = "0".repeat(LONGEST - DIGITS);

  private LegacyKeys() {}

  /** The key of a row, where nothing else has it. */
  static String key(long id) {
    return HexFormat.of().toHexDigits(id);
  }

  /** The next key to try for a row, when this one is taken. */
  static String next(String taken) {
    return taken + '0';
  }

  /** The id of the only row that may have this key, or null when none may. */
  static @Nullable Long id(String key) {
    if (key.length() < DIGITS || !key.substring(DIGITS).chars().allMatch(c -> c == '0')) {
      return null;
    }
    long id = HexFormat.fromHexDigitsToLong(key, 0, DIGITS);
    return id < 0 ? null : id;
  }

  /** The first id with a key that is not before {@code from}, whatever follows its digits. */
  static long firstId(String from) {
    return first(id -> key(id) + MOST_ZEROS, from);
  }

  /** The first id all of whose keys are {@code to} or later. */
  static long endId(String to) {
    return first(LegacyKeys::key, to);
  }

  /** The least id whose text is not before a bound; the texts are in the order of the ids. */
  private static long first(LongFunction<String> text, String bound) {
    long low = 0;
    long high = Long.MAX_VALUE;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (text.apply(middle).compareTo(bound) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
