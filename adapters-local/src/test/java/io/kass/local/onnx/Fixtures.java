package io.kass.local.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tests of this package share. */
final class Fixtures {
  private static final Path BUILD = build();

  private Fixtures() {}

  /**
   * Prepared files below the build directory. They take seconds to make and are safe to share, so
   * all test classes and later runs share them.
   */
  static Path assets() {
    Path assets = BUILD.resolve("onnx-assets");
    OnnxModule.prepare(assets);
    return assets;
  }

  /** A directory below the build directory that outlives the test. */
  static Path cache(String name) {
    return BUILD.resolve(name);
  }

  /**
   * Starts a JVM that runs a main class of the tests; its temporary and home directories are given.
   */
  static ProcessBuilder java(Class<?> main, Path home, Path temporary, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-XX:ErrorFile=" + temporary.resolve("hs_err.log"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    return builder;
  }

  /** Waits for the child to say that it is ready. */
  static void awaitReady(Process child) {
    try {
      var said = new StringBuilder();
      int c;
      while (said.indexOf("ready\n") < 0 && (c = child.getInputStream().read()) >= 0) {
        said.append((char) c);
      }
      assertThat(said).endsWith("ready\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path build() {
    try {
      Path classes =
          Path.of(Fixtures.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
