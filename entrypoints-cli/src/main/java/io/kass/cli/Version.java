package io.kass.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as the build wrote it into {@code version.txt}. */
final class Version implements IVersionProvider {

  /** Returns the line that {@code kass --version} prints, for example {@code kass 0.1.0}. */
  static String line() {
    try (var stream = Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
      return "kass " + new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
