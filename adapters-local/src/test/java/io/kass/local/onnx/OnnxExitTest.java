package io.kass.local.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestScopes;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the JVM exits while the model works. */
class OnnxExitTest {
  private static final int TRIES = 10;
  private static final int AT_ONCE = 2;
  private static final int EXIT_ON_SIGTERM = 128 + 15;

  @TempDir private Path home;
  @TempDir private Path temporary;

  @Test
  void drainsWhenTerminatedMidway() throws IOException, InterruptedException {
    Path assets = Fixtures.assets();
    for (int i = 0; i < TRIES; i += AT_ONCE) {
      var children = new ArrayList<Process>();
      for (int j = 0; j < AT_ONCE; j++) {
        children.add(Fixtures.java(EmbedForEver.class, home, temporary, assets.toString()).start());
      }
      for (Process child : children) {
        Fixtures.awaitReady(child);
        child.toHandle().destroy(); // Process.destroy would close what it says, too
        String said = new String(child.getInputStream().readAllBytes(), UTF_8);

        assertThat(child.waitFor()).as(said).isEqualTo(EXIT_ON_SIGTERM);
        assertThat(said).isEmpty();
      }
    }
    assertThat(files(temporary)).isEmpty();
    assertThat(files(home)).isEmpty();
  }

  @Test
  void exitsWithoutAWordWhileItLoads() throws IOException, InterruptedException {
    Process child =
        Fixtures.java(LoadAndExit.class, home, temporary, Fixtures.assets().toString()).start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8);

    assertThat(child.waitFor()).as(said).isEqualTo(3);
    assertThat(said).isEmpty();
    assertThat(files(temporary)).isEmpty();
  }

  @Test
  void saysThatItNeedsADirectoryForTemporaryFiles() throws IOException, InterruptedException {
    Path missing = temporary.resolve("missing");
    Process child = Fixtures.java(Load.class, home, missing, Fixtures.assets().toString()).start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8);

    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("needs a directory for temporary files, and " + missing + " cannot be written")
        .contains("-Djava.io.tmpdir=DIR");
  }

  /** Loads the model, and prints why that cannot be done. */
  static final class Load {
    public static void main(String[] arguments) {
      var config = new OnnxConfig(Path.of(arguments[0]), 1, true);
      try (OnnxEmbeddingModel model = OnnxEmbeddingModel.open(config, InstantSource.system())) {
        model.embed(TestScopes.scope(), Purpose.QUERY, List.of("Does it run?"));
      } catch (Misconfigured e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> !file.equals(directory)).toList();
    }
  }

  /** Embeds long texts from two threads until the JVM exits; says when it is in the middle. */
  static final class EmbedForEver {
    private EmbedForEver() {}

    public static void main(String[] arguments) {
      OnnxEmbeddingModel model =
          OnnxEmbeddingModel.open(
              new OnnxConfig(Path.of(arguments[0]), 2, true), InstantSource.system());
      List<String> texts = Collections.nCopies(100_000, "a long text ".repeat(200));
      for (int i = 0; i < 2; i++) {
        Thread.ofPlatform().daemon().start(() -> embed(model, texts));
      }
      model.embed(TestScopes.scope(), Purpose.QUERY, List.of("Has it begun?"));
      System.out.print("ready\n");
      System.out.flush();
      embed(model, texts);
    }

    private static void embed(OnnxEmbeddingModel model, List<String> texts) {
      try {
        model.embed(TestScopes.scope(), Purpose.PASSAGE, texts);
      } catch (Unavailable e) {
        // The JVM exits; the model has been closed.
      }
    }
  }

  /** Exits at once, while the model loads. */
  static final class LoadAndExit {
    private LoadAndExit() {}

    public static void main(String[] arguments) {
      OnnxEmbeddingModel.open(
          new OnnxConfig(Path.of(arguments[0]), 2, true), InstantSource.system());
      System.exit(3);
    }
  }
}
