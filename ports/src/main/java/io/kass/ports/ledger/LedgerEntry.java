package io.kass.ports.ledger;

import io.kass.ports.Bytewise;
import io.kass.ports.error.KassException.InvalidRequest;
import java.nio.charset.StandardCharsets;

/**
 * An entry of the ledger.
 *
 * @param key its name
 * @param revision changes with every write, counted from 1
 * @param value what it holds
 */
public record LedgerEntry(String key, long revision, String value) {
  /** The longest key, in bytes of UTF-8. */
  public static final int MAX_KEY_BYTES = 1024;

  /** The longest value, in bytes of UTF-8. */
  public static final int MAX_VALUE_BYTES = 256 * 1024;

  /**
   * Checks the name of an entry, a lease or a counter.
   *
   * @return the key
   * @throws InvalidRequest when it has no byte or more than {@link #MAX_KEY_BYTES}, a NUL, or a
   *     lone surrogate
   */
  public static String requireKey(String key) {
    if (key.isEmpty()
        || isLonger(key, MAX_KEY_BYTES)
        || key.indexOf('\0') >= 0
        || Bytewise.hasHalfCharacter(key)) {
      throw new InvalidRequest(
          "A ledger key has 1 to " + MAX_KEY_BYTES + " bytes in UTF-8, whole characters, no NUL.");
    }
    return key;
  }

  /**
   * Checks what an entry is to hold.
   *
   * @return the value
   * @throws InvalidRequest when it has more than {@link #MAX_VALUE_BYTES}, or a lone surrogate
   */
  public static String requireValue(String value) {
    if (isLonger(value, MAX_VALUE_BYTES) || Bytewise.hasHalfCharacter(value)) {
      throw new InvalidRequest(
          "A ledger value has at most " + MAX_VALUE_BYTES + " bytes in UTF-8, whole characters.");
    }
    return value;
  }

  private static boolean isLonger(String text, int bytes) {
    return text.length() > bytes || text.getBytes(StandardCharsets.UTF_8).length > bytes;
  }
}
