package io.kass.cli.config;

import io.kass.core.chunking.Chunkers;

/**
 * Section {@code [chunking]}.
 *
 * @param mode how documents are cut, as {@link Chunkers#of} takes it
 */
public record ChunkingConfig(String mode) {
  public static final ChunkingConfig DEFAULTS = new ChunkingConfig(Chunkers.DEFAULT_MODE);

  public ChunkingConfig {
    Chunkers.of(mode);
  }
}
