package io.kass.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes on until writing fails, and remembers how it failed. A reader that went away ({@code
 * kass … | head}) is no error, and everything after it is written to nobody.
 */
final class OutputStreamGuard extends OutputStream {
  private final OutputStream out;
  private final boolean pipe;
  private @Nullable IOException failure;

  /**
   * @param pipe whether it is read by another process, so that it can only fail when that one ends
   */
  OutputStreamGuard(OutputStream out, boolean pipe) {
    this.out = out;
    this.pipe = pipe;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failure != null) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void flush() {
    if (failure != null) {
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Whether nobody reads any more. */
  boolean closedByReader() {
    // EPIPE has no exception of its own, only the C library's words for it in the user's language.
    return failure != null
        && (pipe || String.valueOf(failure.getMessage()).contains("Broken pipe"));
  }

  /** How writing failed, or null when it did not or the reader merely went away. */
  @Nullable IOException failure() {
    return closedByReader() ? null : failure;
  }
}
