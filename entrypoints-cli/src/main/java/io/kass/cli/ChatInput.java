package io.kass.cli;

import io.kass.ports.Cancellation;

/** Where a chat's questions come from. Used by one thread. */
interface ChatInput extends AutoCloseable {
  /** What came. */
  sealed interface Entry {
    /** A question or a command, without the white space around it; never empty. */
    record Line(String text) implements Entry {}

    /**
     * The person gave up what they were typing.
     *
     * @param nothing whether they had typed nothing
     */
    record GivenUp(boolean nothing) implements Entry {}

    /** There is no more. */
    record End() implements Entry {}
  }

  /**
   * Waits for the next entry.
   *
   * @throws io.kass.ports.error.KassException.Cancelled when the whole chat was called off
   */
  Entry next();

  /** From now on, until it is closed, Ctrl-C calls this off instead of anything else. */
  Cancellation.Registration answering(Cancellation turn);

  /** Whether a person types, who sees what is said in between. */
  boolean conversing();

  /** Where lines of the answer break. */
  int columns();

  @Override
  void close();
}
