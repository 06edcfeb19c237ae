package io.kass.cli;

import io.kass.ports.Cancellation;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of standard input for someone who may be called off while waiting for one. Java cannot end
 * a read from a terminal or a pipe, so another thread reads. Used by one thread.
 */
final class InputLines {
  private final BufferedReader in;

  /** The line that is being read, or was read for someone who then did not want it. */
  private @Nullable CompletableFuture<@Nullable String> coming;

  InputLines(InputStream in, Charset charset) {
    this.in = new BufferedReader(new InputStreamReader(in, charset));
  }

  /**
   * The next line, or null at the end.
   *
   * @param cancellation ends the waiting; the line is then there for the next call
   * @throws Cancelled when the waiting was ended
   * @throws Unavailable when the input cannot be read
   */
  @Nullable String next(Cancellation cancellation) {
    CompletableFuture<@Nullable String> line = coming == null ? read() : coming;
    coming = line;
    var calledOff = new CompletableFuture<@Nullable String>();
    try (var waiting = cancellation.onCancel(() -> calledOff.complete(null))) {
      CompletableFuture.anyOf(line.exceptionally(failure -> null), calledOff).join();
    }
    if (!line.isDone()) {
      cancellation.throwIfCancelled();
    }
    coming = null;
    try {
      return line.join();
    } catch (CompletionException e) {
      throw new Unavailable("Standard input cannot be read.", e);
    }
  }

  private CompletableFuture<@Nullable String> read() {
    var line = new CompletableFuture<@Nullable String>();
    Thread.ofPlatform()
        .daemon()
        .name("input")
        .start(() -> {
          try {
            line.complete(in.readLine());
          } catch (IOException e) {
            line.completeExceptionally(e);
          }
        });
    return line;
  }
}
