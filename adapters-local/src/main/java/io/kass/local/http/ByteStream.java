package io.kass.local.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response for one thread that reads it and cannot wait for ever, which an input
 * stream makes it do. Asks for more only when what came was read.
 */
public final class ByteStream implements Flow.Subscriber<List<ByteBuffer>> {
  /** What came from the network. */
  public sealed interface Event {
    /** The next bytes. */
    record Bytes(ByteBuffer bytes) implements Event {}

    /** The body is complete. */
    record End() implements Event {}

    /** The connection broke. */
    record Failure(Throwable cause) implements Event {}

    /** {@link ByteStream#cancel} was called. */
    record Cancelled() implements Event {}
  }

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private Flow.@Nullable Subscription subscription;
  private boolean cancelled;

  /**
   * The next event, or null when nothing came in this time.
   *
   * @throws InterruptedException when this thread is interrupted
   */
  public @Nullable Event next(Duration wait) throws InterruptedException {
    return events.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Asks for more, after {@link Event.Bytes}. */
  public void more() {
    Flow.Subscription current = subscription();
    if (current != null) {
      current.request(1);
    }
  }

  private synchronized Flow.@Nullable Subscription subscription() {
    return subscription;
  }

  /** Closes the connection and wakes the reader. May be called by any thread, more than once. */
  public void cancel() {
    Flow.Subscription current;
    synchronized (this) {
      cancelled = true;
      current = subscription;
    }
    if (current != null) {
      current.cancel();
    }
    events.add(new Event.Cancelled());
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    boolean unwanted;
    synchronized (this) {
      subscription = newSubscription;
      unwanted = cancelled;
    }
    if (unwanted) {
      newSubscription.cancel();
    } else {
      newSubscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    int size = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer together = ByteBuffer.allocate(size);
    buffers.forEach(together::put);
    events.add(new Event.Bytes(together.flip()));
  }

  @Override
  public void onError(Throwable cause) {
    events.add(new Event.Failure(cause));
  }

  @Override
  public void onComplete() {
    events.add(new Event.End());
  }
}
