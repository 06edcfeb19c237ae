package io.kass.documents.guarded;

import io.kass.documents.format.DocumentLimits;
import io.kass.ports.CallScope;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes that read documents: started when needed, used again, and never more than allowed.
 * Those without work end by themselves, so there is nothing to close. Thread-safe.
 */
final class Workers {
  private static final Duration START = Duration.ofSeconds(60);

  private final Set<DocumentParser> parsers;
  private final DocumentLimits limits;
  private final InstantSource clock;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();

  Workers(Set<DocumentParser> parsers, DocumentLimits limits, InstantSource clock) {
    this.parsers = parsers;
    this.limits = limits;
    this.clock = clock;
    this.permits = new Semaphore(limits.processes(), true);
  }

  /** Waits until a process may be used; each call is to be followed by one of {@link #leave}. */
  void enter(CallScope scope) throws InterruptedException {
    do {
      scope.check(clock);
    } while (!permits.tryAcquire(50, TimeUnit.MILLISECONDS));
  }

  /** Lets the next one in. */
  void leave() {
    permits.release();
  }

  /** A process that has read documents before, or null. It may have ended since. */
  @Nullable Worker used() {
    Worker worker = idle.pollFirst();
    while (worker != null && !worker.isAlive()) {
      worker.kill();
      worker = idle.pollFirst();
    }
    return worker;
  }

  /** A new process, ready to read. */
  Worker started(CallScope scope) throws InterruptedException {
    Worker worker = Worker.start(parsers, limits.memory());
    try (var registration = scope.cancellation().onCancel(worker::kill)) {
      Duration left = scope.remaining(clock);
      Worker.Arrival arrival = worker.next(left.compareTo(START) < 0 ? left : START);
      if (arrival instanceof Worker.Arrival.Sent(Frame.Ready())) {
        return worker;
      }
      worker.kill();
      scope.check(clock);
      throw failure(worker, arrival);
    } catch (InterruptedException e) {
      worker.kill();
      throw e;
    }
  }

  private static RuntimeException failure(Worker worker, Worker.Arrival arrival)
      throws InterruptedException {
    if (arrival instanceof Worker.Arrival.Late) {
      return new Unavailable("The process that reads documents did not start within a minute.");
    }
    return new Misconfigured(
        "The process that reads documents ended as it started, with exit code %d. Is there memory for it (documents.memory), and does this Java start others?"
            .formatted(worker.exitCode()));
  }

  /** Keeps a process for the next document. */
  void keep(Worker worker) {
    idle.addFirst(worker);
  }
}
