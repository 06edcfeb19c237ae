package io.kass.cli;

import io.kass.ports.Cancellation;
import java.util.concurrent.atomic.AtomicReference;

/** What Ctrl-C calls off just now, which is nothing in between. Thread-safe. */
final class CurrentTurn {
  private final AtomicReference<Cancellation> current = new AtomicReference<>(new Cancellation());

  /** Calls it off. */
  void cancel() {
    current.get().cancel();
  }

  /**
   * Makes this what is called off, until the registration is closed.
   *
   * @param whole calls it off as well
   */
  Cancellation.Registration is(Cancellation turn, Cancellation whole) {
    current.set(turn);
    Cancellation.Registration both = whole.onCancel(turn::cancel);
    return () -> {
      both.close();
      current.set(new Cancellation());
    };
  }
}
