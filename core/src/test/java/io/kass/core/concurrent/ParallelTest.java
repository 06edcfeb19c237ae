package io.kass.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.error.KassException.Unavailable;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void doesBothAtOnce() {
    var met = new CountDownLatch(2);
    var both =
        Parallel.both(
            () -> {
              met.countDown();
              met.await();
              return "first";
            },
            () -> {
              met.countDown();
              met.await();
              return 2;
            });
    assertThat(both).isEqualTo(new Parallel.Both<>("first", 2));
  }

  @Test
  void doesEachItemOnceAndNeverMoreThanTheLimitAtOnce() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new ConcurrentLinkedQueue<Integer>();
    List<Integer> items = IntStream.range(0, 200).boxed().toList();
    Parallel.forEach(
        4,
        items,
        item -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          done.add(item);
          running.decrementAndGet();
        });
    assertThat(done).containsExactlyInAnyOrderElementsOf(items);
    assertThat(most.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void theFirstFailureEndsIt() {
    var begun = new AtomicInteger();
    List<Integer> items = IntStream.range(0, 10_000).boxed().toList();
    assertThatThrownBy(() ->
            Parallel.forEach(
                2,
                items,
                item -> {
                  begun.incrementAndGet();
                  throw new Unavailable("down");
                }))
        .isInstanceOf(Unavailable.class);
    assertThat(begun.get()).isLessThanOrEqualTo(2);
  }
}
