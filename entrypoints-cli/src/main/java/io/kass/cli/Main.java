package io.kass.cli;

import io.kass.ports.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the {@code kass} command starts. */
public final class Main {
  /** How long an interrupted command may take to put everything in order. */
  private static final int DRAIN_SECONDS = 20;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Asked before everything else, and answered without loading anything else.
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(Version.line());
      return;
    }
    LibraryLogging.configure();
    var cancellation = new Cancellation();
    var done = new CountDownLatch(1);
    // Java ends with 130 by itself when it is interrupted; what is left is to end in good order.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interrupt(cancellation, done), "interrupt"));
    int code;
    try {
      code = run(arguments, Surroundings.ofProcess(), cancellation);
    } finally {
      done.countDown();
    }
    System.exit(code);
  }

  /** Runs one command and returns its exit code. */
  public static int run(String[] arguments, Surroundings surroundings, Cancellation cancellation) {
    return new CommandRunner(surroundings, cancellation).run(arguments).number();
  }

  private static void interrupt(Cancellation cancellation, CountDownLatch done) {
    cancellation.cancel();
    try {
      boolean drained = done.await(DRAIN_SECONDS, TimeUnit.SECONDS);
      if (!drained) {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
