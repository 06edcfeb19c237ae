package io.kass.ports.backend;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what a backend opened, last opened first, once. Thread-safe. A failure to close one does
 * not keep the others open: it is thrown at the end, further ones suppressed in it.
 */
public final class Closer implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /** Registers something to close, and returns it; closes it at once when all is closed already. */
  public synchronized <T extends AutoCloseable> T register(T closeable) {
    if (closed) {
      closeQuietly(closeable);
      throw new IllegalStateException("already closed");
    }
    open.push(closeable);
    return closeable;
  }

  @Override
  public synchronized void close() {
    closed = true;
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = e instanceof RuntimeException r ? r : new IllegalStateException(e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("already closed, and closing failed", e);
    }
  }
}
