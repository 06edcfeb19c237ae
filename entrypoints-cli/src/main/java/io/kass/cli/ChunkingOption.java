package io.kass.cli;

import io.kass.core.chunking.ChunkingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that cut documents. */
final class ChunkingOption {
  @Option(names = "--chunking", paramLabel = "MODE")
  private @Nullable String mode;

  /**
   * The run with what was asked for laid over its settings.
   *
   * @throws io.kass.ports.error.KassException.InvalidRequest when there is no such mode
   */
  Invocation over(Invocation invocation) {
    if (mode == null) {
      return invocation;
    }
    ChunkingSettings.DEFAULTS.in(mode);
    return invocation.with(invocation.config().with("chunking", "mode", mode, "--chunking"));
  }
}
