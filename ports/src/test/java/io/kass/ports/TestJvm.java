package io.kass.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another process of this machine that runs a main class of the tests: for what only a process can
 * show, such as being killed, having a full disk, or lacking rights.
 */
public final class TestJvm {
  private static final long PATIENCE_SECONDS = 180;

  private final List<String> command = new ArrayList<>();

  private TestJvm(List<String> jvmOptions, Class<?> main, String... arguments) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.internal.verbosity=ERROR"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
  }

  /** A process that will run this class with these arguments. */
  public static TestJvm of(Class<?> main, String... arguments) {
    return new TestJvm(List.of(), main, arguments);
  }

  /** The same with options for the JVM. */
  public static TestJvm of(List<String> jvmOptions, Class<?> main, String... arguments) {
    return new TestJvm(jvmOptions, main, arguments);
  }

  /**
   * Lets the process respect permissions even where the tests run as root. Fails the test where
   * that cannot be arranged.
   */
  public TestJvm withoutRootsPrivileges() {
    if (System.getProperty("user.name").equals("root")) {
      Path setpriv = Path.of("/usr/bin/setpriv");
      assertThat(setpriv).as("setpriv of util-linux, which tests as root need").isExecutable();
      String without = "-dac_override,-dac_read_search,-fowner";
      command.addAll(
          0, List.of(setpriv.toString(), "--bounding-set=" + without, "--inh-caps=" + without));
    }
    return this;
  }

  /**
   * Gives the process a small disk of its own at this directory. Fails the test where that cannot
   * be arranged.
   */
  public TestJvm withDisk(Path directory, int kilobytes) throws IOException {
    String mount = "mount -t tmpfs -o size=%dk none '%s'".formatted(kilobytes, directory);
    List<String> unshare = List.of("unshare", "--mount", "--map-root-user", "sh", "-c");
    var probe = new ArrayList<>(unshare);
    probe.add(mount);
    assertThat(succeeds(probe))
        .as(
            "a disk of its own, which this test needs: unshare and mount of util-linux, and either"
                + " root or a kernel that lets users have namespaces"
                + " (kernel.unprivileged_userns_clone=1)")
        .isTrue();
    command.addAll(0, unshare);
    command.add(unshare.size(), mount + " && exec \"$@\"");
    command.add(unshare.size() + 1, "sh");
    return this;
  }

  /** The process has these variables besides, each as {@code NAME=value}. */
  public TestJvm withVariables(String... variables) {
    command.addAll(0, List.of(variables));
    command.addFirst("env");
    return this;
  }

  /** Starts the process; its errors come with its output. */
  public Process start() throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Runs the process to its end, which must be a good one. */
  public String run() throws IOException {
    Process process = start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean succeeds(List<String> command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
