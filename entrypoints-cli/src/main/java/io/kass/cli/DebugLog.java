package io.kass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * The file that tells developers what a user need not see: stack traces. It never holds questions,
 * answers or settings.
 *
 * @param file where it is; its folder is made when it is written
 * @param clock the time of its entries
 */
record DebugLog(Path file, InstantSource clock) {
  private static final long LARGEST = 1_000_000;

  /** Appends a failure; the file before is kept as {@code .1} when it has grown too large. */
  void write(Throwable failure) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) > LARGEST) {
      Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    var text = new StringWriter();
    text.append(clock.instant().toString())
        .append(' ')
        .append(Version.line())
        .append(", Java ")
        .append(Runtime.version().toString())
        .append('\n');
    failure.printStackTrace(new PrintWriter(text, true));
    Files.writeString(
        file,
        text.toString(),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
  }
}
