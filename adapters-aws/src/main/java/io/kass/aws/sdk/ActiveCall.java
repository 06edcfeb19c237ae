package io.kass.aws.sdk;

import io.kass.ports.CallScope;
import io.kass.ports.Cancellation.Registration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;

/**
 * A call of this thread that is under way: knows whose scope ends it, and ends it when it is called
 * off, whether it waits for an answer or for its next try.
 */
final class ActiveCall implements AutoCloseable {
  private static final ThreadLocal<@Nullable ActiveCall> CURRENT = new ThreadLocal<>();

  private final CallScope scope;
  private final Thread thread = Thread.currentThread();
  private final @Nullable ActiveCall outer;
  private final Registration registration;
  private @Nullable ExecutableHttpRequest request;
  private String operation = "";
  private boolean interrupted;
  private boolean over;

  private ActiveCall(CallScope scope) {
    this.scope = scope;
    outer = CURRENT.get();
    CURRENT.set(this);
    registration = scope.cancellation().onCancel(this::abort);
  }

  static ActiveCall begin(CallScope scope) {
    return new ActiveCall(scope);
  }

  /** The one of this thread, or null outside of any. */
  static @Nullable ActiveCall current() {
    return CURRENT.get();
  }

  CallScope scope() {
    return scope;
  }

  /** The last operation that was begun, such as {@code PutItem}. */
  synchronized String operation() {
    return operation;
  }

  synchronized void operation(String name) {
    operation = name;
  }

  /** What is on the wire now. */
  synchronized void request(ExecutableHttpRequest sent) {
    request = sent;
    if (scope.cancellation().isCancelled()) {
      sent.abort();
    }
  }

  private synchronized void abort() {
    if (over) {
      return;
    }
    if (request != null) {
      request.abort();
    }
    interrupted = true;
    thread.interrupt();
  }

  @Override
  public void close() {
    synchronized (this) {
      over = true;
      if (interrupted) {
        // It was meant for this call alone.
        Thread.interrupted();
      }
    }
    registration.close();
    CURRENT.set(outer);
  }
}
