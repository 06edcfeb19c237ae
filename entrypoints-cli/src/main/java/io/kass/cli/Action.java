package io.kass.cli;

/** What a command does. */
interface Action {
  /**
   * Does it.
   *
   * @throws io.kass.ports.error.KassException when it cannot; {@link Main} tells the user
   */
  ExitCode run(Invocation invocation);
}
