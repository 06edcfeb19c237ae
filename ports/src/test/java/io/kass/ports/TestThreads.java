package io.kass.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads that do something at once. */
public final class TestThreads {
  private TestThreads() {}

  /**
   * Runs one task a thread, all let go together, and waits for them.
   *
   * @param task makes the task of a thread from its number, counted from 0
   * @return what they returned, in the order of their numbers
   */
  public static <T> List<T> atOnce(int threads, IntFunction<Callable<T>> task) {
    var gate = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < threads; i++) {
        Callable<T> work = task.apply(i);
        running.add(
            executor.submit(() -> {
              gate.await();
              return work.call();
            }));
      }
      var results = new ArrayList<T>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
