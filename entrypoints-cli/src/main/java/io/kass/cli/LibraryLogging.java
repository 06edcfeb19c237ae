package io.kass.cli;

import java.util.logging.LogManager;

/**
 * Keeps what libraries log away from the terminal. Java makes an instance of this class when the
 * first of them logs, so that a command in which none does pays nothing.
 */
public final class LibraryLogging {

  /** Called by {@link LogManager}. */
  public LibraryLogging() {
    LogManager.getLogManager().reset();
  }

  /** Announces this class to Java; must come before the first use of a library. */
  static void configure() {
    System.setProperty("java.util.logging.config.class", LibraryLogging.class.getName());
  }
}
