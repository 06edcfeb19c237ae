package io.kass.cli.config;

import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;

/**
 * Section {@code [data]}.
 *
 * @param dir the data directory: where KASS keeps the index, conversations and what it knows of the
 *     documents
 */
public record DataConfig(Path dir) {

  /**
   * The directory that was meant: {@code ~} is the home directory, and a relative path is relative
   * to the working directory, which a file that is always read cannot mean.
   */
  DataConfig resolved(Path home, Path workingDirectory, boolean fromFile) {
    String text = dir.toString();
    if (text.equals("~") || text.startsWith("~/")) {
      return new DataConfig(home.resolve(text.substring(Math.min(2, text.length()))).normalize());
    }
    if (fromFile && !dir.isAbsolute()) {
      throw new Misconfigured(
          "Setting 'dir' in section 'data' is the relative path '%s'. In a file it must begin with / or ~/."
              .formatted(dir));
    }
    return new DataConfig(workingDirectory.resolve(dir).normalize());
  }
}
