package io.kass.ports.ledger;

import io.kass.ports.error.KassException.InvalidRequest;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
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
    int bytes = key.length() > MAX_KEY_BYTES ? Integer.MAX_VALUE : utf8Length(key, "key");
    if (bytes == 0 || bytes > MAX_KEY_BYTES || key.indexOf('\0') >= 0) {
      throw new InvalidRequest(
          "A ledger key has 1 to " + MAX_KEY_BYTES + " bytes in UTF-8 and no NUL.");
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
    if (value.length() > MAX_VALUE_BYTES || utf8Length(value, "value") > MAX_VALUE_BYTES) {
      throw new InvalidRequest(
          "A ledger value has at most " + MAX_VALUE_BYTES + " bytes in UTF-8.");
    }
    return value;
  }

  private static int utf8Length(String text, String what) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
    } catch (CharacterCodingException e) {
      throw new InvalidRequest("A ledger " + what + " must not hold half a character.", e);
    }
  }
}
