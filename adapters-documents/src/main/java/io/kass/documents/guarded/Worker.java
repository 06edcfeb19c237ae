package io.kass.documents.guarded;

import io.kass.ports.document.Reading;
import io.kass.ports.error.KassException.Misconfigured;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running {@link GuardedProcess}, seen from the process that asks. Not thread-safe, but for kill.
 */
final class Worker {
  /** What the Java machine exits with under {@code -XX:+ExitOnOutOfMemoryError}. */
  static final int EXIT_MEMORY = 3;

  /** What a process that was ended by SIGKILL exits with: where memory is short, by the system. */
  static final int EXIT_KILLED = 128 + 9;

  /**
   * Nothing else of the environment is of use to a reader of documents, and some of it is secret.
   */
  private static final Set<String> ENVIRONMENT =
      Set.of("LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "SystemRoot", "TEMP", "TMP", "TMPDIR");

  /** Nothing is looked for, and nothing is logged that anybody would see. */
  private static final String QUIET = "org.apache.logging.log4j.simple.SimpleLoggerContextFactory";

  /** What came, or did not. */
  sealed interface Arrival {
    record Sent(Frame.Report report) implements Arrival {}

    /** Nothing more will come: the process has ended. */
    record Ended() implements Arrival {}

    /** Nothing came in time. */
    record Late() implements Arrival {}
  }

  private final Process process;
  private final DataOutputStream out;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(4);
  private final Thread receiver;

  private Worker(Process process) {
    this.process = process;
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    this.receiver =
        Thread.ofPlatform().daemon().name("documents-receiver").unstarted(this::receive);
  }

  /**
   * Starts a process; it says {@link Frame.Ready} when it is.
   *
   * @param memory its heap in MiB
   */
  static Worker start(Set<DocumentParser> parsers, int memory) {
    var builder = new ProcessBuilder(command(parsers, memory));
    builder.environment().keySet().retainAll(ENVIRONMENT);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.directory(temporary().toFile());
    try {
      var worker = new Worker(builder.start());
      worker.receiver.start();
      return worker;
    } catch (IOException e) {
      throw new Misconfigured(
          "The process that reads documents cannot be started: " + e.getMessage() + ".", e);
    }
  }

  private static List<String> command(Set<DocumentParser> parsers, int memory) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + memory + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    // What the machine itself says would be taken for a report.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.add("-XX:-UsePerfData");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + temporary().resolve("kass-documents-%p.log"));
    command.add("-Xshare:auto");
    command.add("-Djava.awt.headless=true");
    command.add("-Duser.language=en");
    command.add("-Duser.home=" + System.getProperty("user.home"));
    command.add("-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog");
    command.add("-Dlog4j2.loggerContextFactory=" + QUIET);
    command.add("-cp");
    command.add(classPath(parsers));
    command.add(GuardedProcess.class.getName());
    return command;
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
  }

  private static String classPath(Set<DocumentParser> parsers) {
    Stream<Class<?>> own = Stream.of(GuardedProcess.class, Reading.class);
    Stream<Class<?>> needed = parsers.stream().flatMap(parser -> parser.needs().stream());
    return Stream.concat(own, needed)
        .map(Worker::path)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * The jar or folder of a class, by where its bytes are: classes out of a class cache may have
   * forgotten where they are from.
   */
  private static String path(Class<?> type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    URL place = type.getResource(file);
    String url = String.valueOf(place);
    if (!url.endsWith(file)) {
      throw new Misconfigured("There is no jar or folder of " + type.getName() + ": " + url);
    }
    String root = url.substring(0, url.length() - file.length());
    boolean inJar = root.startsWith("jar:") && root.endsWith("!");
    return Path.of(URI.create(inJar ? root.substring(4, root.length() - 1) : root)).toString();
  }

  private void receive() {
    try {
      try (var in = reportsOf(process)) {
        while (true) {
          if (!(Frame.read(in) instanceof Frame.Report report)) {
            throw new IOException("an order from the process that takes them");
          }
          arrivals.put(new Arrival.Sent(report));
        }
      } catch (IOException e) {
        arrivals.put(new Arrival.Ended());
      }
    } catch (InterruptedException e) {
      // Killed: what came before is of no use to anyone, but somebody may be waiting.
      arrivals.clear();
      arrivals.add(new Arrival.Ended());
    }
  }

  private static DataInputStream reportsOf(Process process) {
    return new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
  }

  /** Sends an order. Where nobody is there to take it, {@link #next} tells so. */
  void send(Frame.Order order) {
    try {
      order.write(out);
      out.flush();
    } catch (IOException e) {
      // The process has ended, or is about to: its own stream ends, too.
      return;
    }
  }

  /** Waits for the next report. */
  Arrival next(Duration atMost) throws InterruptedException {
    Arrival arrival = arrivals.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    return arrival == null ? new Arrival.Late() : arrival;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What the process ended with; only to be asked after {@link Arrival.Ended}. */
  int exitCode() throws InterruptedException {
    // Its stream has ended, so it is ending.
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
      process.waitFor();
    }
    return process.exitValue();
  }

  /** Ends the process, whatever it is doing. Thread-safe; twice is harmless. */
  void kill() {
    process.destroyForcibly();
    receiver.interrupt();
  }
}
