package io.kass.local;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the embedded backend.
 *
 * @param assets where the embedding model and native libraries are kept, unpacked and ready to
 *     load; made when they are first needed, and shared by all data directories
 * @param workers how many texts are embedded at once; 0 for one a core
 * @param busyTimeout how long to wait while another process writes to the database
 */
public record EmbeddedConfig(Path assets, int workers, Duration busyTimeout) {
  /** The defaults, with files that are ready to load in this directory. */
  static EmbeddedConfig in(Path assets) {
    return new EmbeddedConfig(assets, 0, Duration.ofSeconds(10));
  }
}
