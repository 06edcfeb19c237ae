package io.kass.core.tool;

import io.kass.ports.CallScope;
import io.kass.ports.Cancellation;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.tool.Tool;
import io.kass.ports.tool.ToolArguments;
import io.kass.ports.tool.ToolOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call of a tool in a thread of its own, which is waited for no longer than it may take: a tool
 * that hangs is interrupted and left behind.
 */
final class RunningTool {
  private final CallScope scope;
  private final FutureTask<ToolOutcome> task;
  private final Cancellation.Registration registration;
  private final long end;

  private RunningTool(CallScope scope, FutureTask<ToolOutcome> task, Duration allowed) {
    this.scope = scope;
    this.task = task;
    this.end = System.nanoTime() + allowed.toNanos();
    this.registration = scope.cancellation().onCancel(() -> task.cancel(true));
  }

  static RunningTool start(
      CallScope scope, Tool tool, ToolArguments arguments, Duration limit, InstantSource clock) {
    CallScope bounded = scope.atMost(limit, clock);
    Duration left = bounded.remaining(clock);
    var task = new FutureTask<>(() -> tool.call(bounded, arguments));
    var running = new RunningTool(scope, task, left.compareTo(limit) < 0 ? left : limit);
    Thread.ofVirtual().name("tool-" + tool.spec().name()).start(task);
    return running;
  }

  /**
   * What became of it.
   *
   * @param sure whether an outcome that is no success means that nothing was done
   */
  record Ended(ToolOutcome outcome, boolean sure) {}

  /**
   * Waits for its end.
   *
   * @throws Cancelled when the scope was called off
   */
  Ended await() {
    try (registration) {
      return new Ended(task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS), true);
    } catch (TimeoutException e) {
      task.cancel(true);
      return new Ended(new ToolOutcome.Failure("The tool took too long."), false);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new Cancelled("The work was interrupted.", e);
    } catch (CancellationException e) {
      throw new Cancelled("The call was cancelled.", e);
    } catch (ExecutionException e) {
      return failed(e);
    }
  }

  /** Only messages that are written for people are told; others may hold anything. */
  private Ended failed(ExecutionException e) {
    if (e.getCause() instanceof Error fault) {
      throw fault;
    }
    scope.cancellation().throwIfCancelled();
    return new Ended(
        new ToolOutcome.Failure(
            e.getCause() instanceof KassException known
                ? known.getMessage()
                : "The tool failed for a reason of its own."),
        e.getCause() instanceof KassException.InvalidRequest
            || e.getCause() instanceof KassException.NotFound
            || e.getCause() instanceof KassException.Misconfigured);
  }
}
