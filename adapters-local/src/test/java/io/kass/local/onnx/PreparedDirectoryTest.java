package io.kass.local.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedDirectoryTest {
  @TempDir private Path root;
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void isMadeOnceAndThenFound() throws IOException {
    Path first = ensure();
    Path second = ensure();

    assertThat(second).isEqualTo(first).isEqualTo(root.resolve("it"));
    assertThat(first.resolve("large")).hasSize(1_000_000);
    assertThat(made).hasValue(1);
  }

  @Test
  void isMadeOnceByManyThreads() throws ExecutionException, InterruptedException {
    try (var threads = Executors.newFixedThreadPool(4)) {
      var results = new ArrayList<Future<Path>>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(this::ensure));
      }
      for (Future<Path> result : results) {
        assertThat(result.get().resolve("large")).hasSize(1_000_000);
      }
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void isMadeOnceByTwoProcesses(@TempDir Path home, @TempDir Path temporary)
      throws IOException, InterruptedException {
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      children.add(Fixtures.java(PrepareAndSay.class, home, temporary, root.toString()).start());
    }
    var said = new ArrayList<String>();
    for (Process child : children) {
      said.add(new String(child.getInputStream().readAllBytes(), UTF_8).strip());
      assertThat(child.waitFor()).isZero();
    }

    assertThat(said).containsExactlyInAnyOrder("made", "found");
    assertThat(ensure()).isDirectory();
    assertThat(made).hasValue(0);
  }

  @Test
  void isMadeAgainAfterAKillInTheMiddle(@TempDir Path home, @TempDir Path temporary)
      throws IOException, InterruptedException {
    Process child =
        Fixtures.java(PrepareAndSay.class, home, temporary, root.toString(), "hang").start();
    Fixtures.awaitReady(child);
    child.destroyForcibly().waitFor();
    assertThat(root.resolve("it")).doesNotExist();

    ensure();

    assertThat(made).hasValue(1);
    assertThat(names(root)).containsExactlyInAnyOrder("it", ".it.lock");
  }

  @Test
  void leavesNothingWhenMakingFails() throws IOException {
    assertThatThrownBy(() ->
            PreparedDirectory.ensure(
                root,
                "it",
                directory -> {
                  Files.writeString(directory.resolve("half"), "x");
                  throw new IOException("no space left");
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");

    assertThat(names(root)).containsExactly(".it.lock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "altered", "missing", "list cut", "list altered", "list missing"})
  void isMadeAgainWhenDamaged(String damage) throws IOException {
    Path large = ensure().resolve("large");
    Path list = root.resolve("it/files.crc32");
    switch (damage) {
      case "cut" -> Files.write(large, new byte[999_999]);
      case "altered" -> {
        byte[] bytes = Files.readAllBytes(large);
        bytes[500_000] ^= 1;
        Files.write(large, bytes);
      }
      case "missing" -> Files.delete(large);
      case "list cut" -> Files.writeString(list, Files.readString(list).substring(0, 20));
      case "list altered" ->
          Files.writeString(list, Files.readString(list).replace("large", "larg"));
      case "list missing" -> Files.delete(list);
      default -> throw new AssertionError(damage);
    }

    ensure();

    assertThat(made).hasValue(2);
    assertThat(Files.readAllBytes(large)).isEqualTo(new byte[1_000_000]);
  }

  @Test
  void cannotBeMadeBelowAFile() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");

    assertThatThrownBy(() -> PreparedDirectory.ensure(file, "it", this::make))
        .isInstanceOf(IOException.class);
  }

  private Path ensure() throws IOException {
    return PreparedDirectory.ensure(root, "it", this::make);
  }

  private void make(Path directory) throws IOException {
    made.incrementAndGet();
    Files.write(directory.resolve("large"), new byte[1_000_000]);
    Files.writeString(directory.resolve("small"), "small");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Makes the directory in another process, and says whether it had to; or hangs on the way. */
  static final class PrepareAndSay {
    private PrepareAndSay() {}

    public static void main(String[] arguments) throws IOException {
      var made = new AtomicInteger();
      PreparedDirectory.ensure(
          Path.of(arguments[0]),
          "it",
          directory -> {
            Files.write(directory.resolve("large"), new byte[1_000_000]);
            made.incrementAndGet();
            if (arguments.length > 1) {
              System.out.print("ready\n");
              System.out.flush();
              new java.util.concurrent.Semaphore(0).acquireUninterruptibly();
            }
          });
      System.out.print(made.get() == 1 ? "made" : "found");
    }
  }
}
