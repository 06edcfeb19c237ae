package io.kass.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a function that uses these adapters has to load from its archive. */
class RuntimeTreeTest {
  private static final long MOST_BYTES = 20_000_000;

  @Test
  void staysLight() throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("kass.runtime.tree")))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    System.out.printf(Locale.ROOT, "AWS runtime tree: %d jars, %,d bytes%n", jars.size(), bytes);
    assertThat(jars)
        .extracting(jar -> String.valueOf(jar.getFileName()))
        .anyMatch(name -> name.startsWith("url-connection-client"))
        .noneMatch(name -> name.matches("(netty|apache|http(client|core)|aws-crt).*"));
    assertThat(bytes).isLessThan(MOST_BYTES);
  }
}
