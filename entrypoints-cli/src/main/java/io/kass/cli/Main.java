package io.kass.cli;

import io.kass.cli.terminal.Terminals;
import io.kass.cli.terminal.Wrap;
import io.kass.ports.Cancellation;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
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
    System.setProperty("java.util.logging.config.class", Silence.class.getName());
    var cancellation = new Cancellation();
    var done = new CountDownLatch(1);
    // Java ends with 130 by itself when it is interrupted; what is left is to end in good order.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interrupt(cancellation, done), "interrupt"));
    int code;
    try {
      code = run(arguments, surroundings(), cancellation);
    } finally {
      done.countDown();
    }
    System.exit(code);
  }

  /**
   * Runs one command in a process that goes on, as if its output were a pipe.
   *
   * @param arguments what would follow {@code kass}
   * @param environment its variables
   * @param directory the working directory
   * @param home the user's home directory
   * @param out takes standard output, in UTF-8
   * @param err takes standard error, in UTF-8
   * @return the exit code
   */
  public static int run(
      String[] arguments,
      Map<String, String> environment,
      Path directory,
      Path home,
      OutputStream out,
      OutputStream err) {
    var surroundings =
        new Surroundings(
            environment,
            directory,
            home,
            InputStream.nullInputStream(),
            out,
            err,
            false,
            false,
            false,
            true,
            Wrap.UNLIMITED,
            Wrap.UNLIMITED,
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_8,
            Clock.systemUTC(),
            new SecureRandom());
    return run(arguments, surroundings, new Cancellation());
  }

  /** Runs one command and returns its exit code. */
  static int run(String[] arguments, Surroundings surroundings, Cancellation cancellation) {
    return new CommandRunner(surroundings, cancellation, Composition.DEFAULT)
        .run(arguments)
        .number();
  }

  /** Those of this process; the only place that reads the environment and the clock. */
  static Surroundings surroundings() {
    Map<String, String> environment = System.getenv();
    boolean out = Terminals.isTerminal(1);
    boolean err = Terminals.isTerminal(2);
    return new Surroundings(
        environment,
        Path.of("").toAbsolutePath(),
        home(environment, System.getProperty("user.home")),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminals.isTerminal(0),
        out,
        err,
        Terminals.isPipe(1),
        Terminals.columns(out, environment),
        Terminals.columns(err, environment),
        Terminals.charset(System.getProperty("stdout.encoding")),
        Terminals.charset(System.getProperty("stderr.encoding")),
        Clock.systemUTC(),
        new SecureRandom());
  }

  /**
   * The user's home directory: what {@code HOME} says, as for every other command of a shell. Java
   * asks the user database instead, which counts only where the variable says nothing.
   */
  static Path home(Map<String, String> environment, String otherwise) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.startsWith("/") ? home : otherwise);
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

  /**
   * Keeps what libraries log away from the terminal. Java makes an instance of this class when the
   * first of them logs, so that a command in which none does pays nothing.
   */
  public static final class Silence {
    /** Called by {@link java.util.logging.LogManager}, which then reads no other configuration. */
    public Silence() {}
  }
}
