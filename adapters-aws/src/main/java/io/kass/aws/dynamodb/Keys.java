package io.kass.aws.dynamodb;

/**
 * Names from outside as parts of keys. Items of our own have partitions that begin with {@code #}
 * and a letter; no name from outside can get among them, and none is empty, which DynamoDB refuses.
 */
final class Keys {
  private Keys() {}

  static String of(String name) {
    return name.isEmpty() || name.charAt(0) == '#' ? "#" + name : name;
  }

  /** The name that became this key. */
  static String name(String key) {
    return key.charAt(0) == '#' ? key.substring(1) : key;
  }
}
