package io.kass.aws.dynamodb;

import io.kass.ports.error.KassException.InvalidRequest;
import java.nio.charset.StandardCharsets;

/**
 * Names from outside as parts of keys. Items of our own have partitions that begin with {@code #}
 * and a letter; no name from outside can get among them, and none is empty, which DynamoDB refuses.
 */
final class Keys {
  /** What a sort key can have; a partition key can have twice as much. */
  private static final int MOST_BYTES = 1024;

  private Keys() {}

  /**
   * The name as a key.
   *
   * @throws InvalidRequest when it is longer than a key can be
   */
  static String of(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length >= MOST_BYTES) {
      throw new InvalidRequest("DynamoDB keeps no name of " + MOST_BYTES + " bytes in UTF-8.");
    }
    return name.isEmpty() || name.charAt(0) == '#' ? "#" + name : name;
  }

  /** The name that became this key. */
  static String name(String key) {
    return key.charAt(0) == '#' ? key.substring(1) : key;
  }
}
