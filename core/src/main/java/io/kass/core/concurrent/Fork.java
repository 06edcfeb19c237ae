package io.kass.core.concurrent;

import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that goes on beside the caller, on a virtual thread. Its owner joins or abandons it. */
public final class Fork<T> {
  private final FutureTask<T> task;

  private Fork(FutureTask<T> task) {
    this.task = task;
  }

  /** Begins work. */
  public static <T> Fork<T> of(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return new Fork<>(task);
  }

  /**
   * Waits for its result, and throws what it threw.
   *
   * @throws Cancelled when this thread is interrupted, and with it the work
   */
  public T join() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
      throw new Cancelled("The work was interrupted.", e);
    } catch (CancellationException e) {
      throw new Cancelled("The work was called off.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error fault) {
        throw fault;
      }
      throw new Internal("Work failed in an unforeseen way.", e);
    }
  }

  /** Interrupts it where it still goes on; nobody waits for it any more. */
  public void abandon() {
    task.cancel(true);
  }
}
