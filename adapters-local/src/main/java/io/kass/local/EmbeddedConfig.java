package io.kass.local;

import io.kass.local.lucene.LuceneConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the embedded backend.
 *
 * @param assets where the embedding model and native libraries are kept, unpacked and ready to
 *     load; made when they are first needed, and shared by all data directories
 * @param workers how many texts are embedded at once; 0 for one a core
 * @param busyTimeout how long to wait while another process writes to the database
 * @param index how the index is kept and searched
 */
public record EmbeddedConfig(Path assets, int workers, Duration busyTimeout, LuceneConfig index) {
  /** The defaults, with files that are ready to load in this directory. */
  public static EmbeddedConfig in(Path assets) {
    return new EmbeddedConfig(assets, 0, Duration.ofSeconds(10), LuceneConfig.DEFAULTS);
  }
}
