package io.kass.local.onnx;

import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;

/**
 * Settings of the embedding model that runs in this process.
 *
 * @param assets where its prepared files are kept (60 MB; made when first needed, shared by all
 *     processes of the user); without them, or where they cannot be written, a temporary copy is
 *     made by each process; empty for always
 * @param workers how many texts are embedded at once; 0 for one a core
 * @param preload whether it begins to load, in the background, when it is made
 */
public record OnnxConfig(Path assets, int workers, boolean preload) {
  private static final int MOST_WORKERS = 256;

  public OnnxConfig {
    if (workers < 0 || workers > MOST_WORKERS) {
      throw new Misconfigured(
          "The number of embedding workers must be 0 (one a core) to %d, not %d."
              .formatted(MOST_WORKERS, workers));
    }
  }

  /** Files in this directory, a worker a core, loaded in the background. */
  public static OnnxConfig defaults(Path assets) {
    return new OnnxConfig(assets, 0, true);
  }

  int workerCount() {
    return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
  }
}
