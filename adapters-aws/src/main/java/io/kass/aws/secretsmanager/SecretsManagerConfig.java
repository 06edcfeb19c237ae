package io.kass.aws.secretsmanager;

import io.kass.ports.error.KassException.Misconfigured;
import java.time.Duration;

/**
 * How long secrets are kept in memory.
 *
 * @param cacheFor how long a value is used before the service is asked again, so that a rotation is
 *     seen; zero asks each time
 * @param staleFor how long a value is used, counted from when it was read, while the service cannot
 *     be reached; at least {@code cacheFor}
 */
public record SecretsManagerConfig(Duration cacheFor, Duration staleFor) {
  public static final SecretsManagerConfig DEFAULTS =
      new SecretsManagerConfig(Duration.ofMinutes(5), Duration.ofHours(1));

  public SecretsManagerConfig {
    if (cacheFor.isNegative() || staleFor.compareTo(cacheFor) < 0) {
      throw new Misconfigured(
          "Secrets are kept for no negative time, and 'stale-for' is at least 'cache-for'.");
    }
  }
}
