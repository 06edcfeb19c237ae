package io.kass.ports;

import io.kass.ports.error.KassException.Cancelled;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the one who started a call call it off. Thread-safe. Work polls {@link #throwIfCancelled},
 * and what blocks registers an action that unblocks it.
 */
public final class Cancellation {
  private final Object lock = new Object();
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /** Calls the work off. Runs the registered actions, once, on this thread. */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (lock) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = List.copyOf(actions);
      actions.clear();
    }
    toRun.forEach(Runnable::run);
  }

  /** Whether the work was called off. */
  public boolean isCancelled() {
    synchronized (lock) {
      return cancelled;
    }
  }

  /**
   * Ends the work here when it was called off.
   *
   * @throws Cancelled when it was
   */
  public void throwIfCancelled() {
    if (isCancelled()) {
      throw new Cancelled("The call was cancelled.");
    }
  }

  /**
   * Runs the action when the work is called off; at once when it already was. The action must be
   * short and must not throw.
   *
   * @return closes the registration; closing it twice is harmless
   */
  public Registration onCancel(Runnable action) {
    boolean now;
    synchronized (lock) {
      now = cancelled;
      if (!now) {
        actions.add(action);
      }
    }
    if (now) {
      action.run();
    }
    return () -> {
      synchronized (lock) {
        actions.remove(action);
      }
    };
  }

  /** An action that waits for a cancellation. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
