package io.kass.ports.backend;

import io.kass.ports.error.KassException.InvalidRequest;

/**
 * Names a backend in configuration and on the command line.
 *
 * @param value lowercase letters, digits and {@code -}
 */
public record BackendName(String value) implements Comparable<BackendName> {
  public static final BackendName EMBEDDED = new BackendName("embedded");
  public static final BackendName LEGACY = new BackendName("legacy");
  public static final BackendName AWS = new BackendName("aws");

  public BackendName {
    if (!value.matches("[a-z][a-z0-9-]{0,31}")) {
      throw new InvalidRequest("'" + value + "' is not a name of a backend.");
    }
  }

  @Override
  public int compareTo(BackendName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
