package io.kass.cli;

import io.kass.cli.terminal.DisplayWidth;
import io.kass.cli.terminal.Wrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntFunction;

/**
 * One line of a terminal that is written again and again, ten times a second at most, and leaves no
 * trace. It hides nothing and changes no mode, so that a killed process leaves the terminal sane.
 * Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Writer err;
  private final boolean watched;
  private final int columns;
  private final InstantSource clock;
  private Instant next = Instant.MIN;
  private boolean shown;

  ProgressLine(Writer err, boolean watched, int columns, InstantSource clock) {
    this.err = err;
    this.watched = watched;
    // The last column is left free: some terminals break the line when it is used.
    this.columns = columns == Wrap.UNLIMITED ? 79 : columns - 1;
    this.clock = clock;
  }

  /**
   * Shows a text when it is time for it.
   *
   * @param text makes the text for a number of columns
   */
  synchronized void show(IntFunction<String> text) {
    if (!watched || clock.instant().isBefore(next)) {
      return;
    }
    next = clock.instant().plus(PAUSE);
    String line = text.apply(columns);
    write("\r" + line + " ".repeat(Math.max(0, columns - DisplayWidth.of(line))) + "\r");
    shown = true;
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    if (shown) {
      write("\r" + " ".repeat(columns) + "\r");
      shown = false;
    }
  }

  private void write(String text) {
    try {
      err.write(text);
      err.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the guards let nothing through", e);
    }
  }
}
