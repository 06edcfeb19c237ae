package io.kass.local.lucene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A note beside the index of which process writes to it, for the message to the next one that wants
 * to. It is a courtesy: the lock is Lucene's, a note that cannot be made is missed by nobody, and
 * one that a killed process left is not believed.
 */
final class Holder {
  private static final String NOTE = "writer.pid";

  private Holder() {}

  /** Notes that this process holds the lock. */
  static void note(Path directory) {
    try {
      Files.writeString(directory.resolve(NOTE), line(ProcessHandle.current()));
    } catch (IOException e) {
      // The next process is told the same, without a number.
      return;
    }
  }

  /** Takes the note away, before the lock is given back. */
  static void forget(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(NOTE));
    } catch (IOException e) {
      // Nobody believes it once this process has ended.
      return;
    }
  }

  /** The number of another process that holds the lock, or null where it is not known. */
  static @Nullable Long pid(Path directory) {
    try {
      String line = Files.readString(directory.resolve(NOTE), StandardCharsets.UTF_8);
      long pid = Long.parseLong(line.substring(0, Math.max(0, line.indexOf(' '))));
      return pid != ProcessHandle.current().pid()
              && ProcessHandle.of(pid).map(Holder::line).filter(line::equals).isPresent()
          ? pid
          : null;
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  /** Tells a process from an earlier or later one of the same number. */
  private static String line(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
  }
}
