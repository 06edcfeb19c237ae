package io.kass.core.concurrent;

import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs work side by side on virtual threads. No call returns before all that it started has ended;
 * the first failure is thrown and keeps what has not begun from beginning.
 */
public final class Parallel {
  private Parallel() {}

  /** Two results of work done at once. */
  public record Both<A, B>(A first, B second) {}

  /** Does two things at once and waits for both. */
  public static <A, B> Both<A, B> both(Callable<A> first, Callable<B> second) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<A> a = threads.submit(first);
      Future<B> b = threads.submit(second);
      try {
        return new Both<>(result(a), result(b));
      } catch (RuntimeException | Error e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  /** Does something for each item, at most {@code limit} of them at once, begun in order. */
  public static <T> void forEach(int limit, List<T> items, Consumer<T> action) {
    Iterator<T> rest = items.iterator();
    AtomicBoolean failed = new AtomicBoolean();
    int workers = Math.min(limit, items.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < workers; i++) {
        running.add(threads.submit(() -> work(rest, failed, action)));
      }
      running.forEach(Parallel::result);
    }
  }

  private static <T> void work(Iterator<T> rest, AtomicBoolean failed, Consumer<T> action) {
    while (!failed.get()) {
      T item;
      synchronized (rest) {
        if (!rest.hasNext()) {
          return;
        }
        item = rest.next();
      }
      boolean done = false;
      try {
        action.accept(item);
        done = true;
      } finally {
        if (!done) {
          failed.set(true);
        }
      }
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("The work was interrupted.", e);
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
}
