package io.kass.local.sqlite;

import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the database lives and how patient it is.
 *
 * @param file the database; made on first use, with its folder. On a disk of this machine: the
 *     processes that share it talk through shared memory
 * @param nativeDirectory where the driver's native library is unpacked once, instead of at every
 *     start; may be shared by several databases and versions
 * @param busyTimeout how long to wait while another process writes; more than zero
 * @param connections how many callers are served at once; 1 to 64
 */
public record SqliteConfig(Path file, Path nativeDirectory, Duration busyTimeout, int connections) {
  public SqliteConfig {
    if (!busyTimeout.isPositive() || busyTimeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new Misconfigured("The database's busy-timeout is more than 0s and at most 1h.");
    }
    if (connections < 1 || connections > 64) {
      throw new Misconfigured("The database's connections are 1 to 64.");
    }
  }

  /** The defaults, for a database in this directory. */
  public static SqliteConfig in(Path directory) {
    return new SqliteConfig(
        directory.resolve("kass.db"), directory.resolve("native"), Duration.ofSeconds(10), 4);
  }
}
