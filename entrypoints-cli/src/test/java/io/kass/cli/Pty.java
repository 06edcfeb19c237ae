package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The command as a process at a terminal of its own, which util-linux's {@code script} lends. What
 * is typed goes through the kernel's line discipline, so Ctrl-C is a signal here as anywhere.
 */
final class Pty implements AutoCloseable {
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";
  static final String ALT_ENTER = "\u001b\r";
  static final String UP = "\u001bOA";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private final Process process;
  private final StringBuilder seen = new StringBuilder();
  private int from;
  private boolean ended;

  private Pty(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /** Starts {@code kass} with these arguments. */
  static Pty kass(
      Path directory, Map<String, String> environment, int columns, String... arguments) {
    assertThat(SCRIPT).as("the command script, of util-linux").isExecutable();
    var java = new ArrayList<String>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "-Dguice_bytecode_gen_option=DISABLED",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Duser.language=tr",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    java.addAll(List.of(arguments));
    String command = java.stream().map(Pty::quoted).collect(Collectors.joining(" "));
    var builder =
        new ProcessBuilder(
            SCRIPT.toString(),
            "--quiet",
            "--return",
            "--command",
            // Whoever runs the tests in the background lets them inherit that Ctrl-C is ignored.
            "stty rows 24 columns " + columns + "; exec env --default-signal=INT " + command,
            "/dev/null");
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(Map.of("SHELL", "/bin/sh", "TERM", "xterm-256color"));
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8"));
    builder.environment().putAll(environment);
    try {
      return new Pty(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private void listen() {
    try (InputStream stream = process.getInputStream();
        var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        add((char) c);
      }
    } catch (IOException e) {
      // the process was killed
    }
    end();
  }

  private synchronized void add(char c) {
    seen.append(c);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Types keys. */
  Pty type(String keys) {
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError("nobody reads any more:\n" + all(), e);
    }
    return this;
  }

  /** Waits until this was written after all that was waited for before. */
  synchronized Pty expect(String text) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int at = seen.indexOf(text, from);
    while (at < 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || ended) {
        throw new AssertionError("'%s' never came:\n%s".formatted(text, seen.substring(from)));
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      at = seen.indexOf(text, from);
    }
    from = at + text.length();
    return this;
  }

  /** All that was written so far. */
  synchronized String all() {
    return seen.toString();
  }

  /** Sends the command a SIGTERM. */
  void terminate() {
    List<ProcessHandle> java =
        process
            .descendants()
            .filter(handle -> handle.info().command().orElse("").endsWith("java"))
            .toList();
    assertThat(java).hasSize(1);
    java.getFirst().destroy();
  }

  /** Waits for its end. */
  int exitCode() {
    try {
      boolean done = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(done).as(all()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
