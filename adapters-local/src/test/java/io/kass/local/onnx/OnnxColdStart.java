package io.kass.local.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kass.local.disk.Folders;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.Purpose;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the first question of a JVM, with and without prepared files. Run by hand; prints wall
 * milliseconds: JVM start to {@code main}, {@code main} to the first vector, and the second vector.
 */
final class OnnxColdStart {
  private static final int TRIES = 10;

  private OnnxColdStart() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 1) {
      first(Path.of(arguments[0]));
      return;
    }
    Path assets = Files.createTempDirectory("kass-cold-start-");
    OnnxModule.prepare(assets);
    print("prepared", assets.toString());
    print("not prepared", "");
    Folders.delete(assets);
  }

  private static void print(String name, String assets) throws IOException, InterruptedException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    var tries = new ArrayList<List<Double>>();
    for (int i = 0; i < TRIES; i++) {
      Process child = Fixtures.java(OnnxColdStart.class, temporary, temporary, assets).start();
      String said = new String(child.getInputStream().readAllBytes(), UTF_8);
      child.waitFor();
      tries.add(said.lines().map(Double::valueOf).toList());
    }
    for (int i = 0; i < 3; i++) {
      int column = i;
      List<Double> sorted = tries.stream().map(t -> t.get(column)).sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%s %s: median %.0f ms, best %.0f ms%n",
          name,
          List.of("JVM start to main", "main to first vector", "second vector").get(column),
          sorted.get(TRIES / 2),
          sorted.get(0));
    }
  }

  private static void first(Path assets) {
    long began = System.nanoTime();
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println((double) (System.currentTimeMillis() - start));
    try (var model =
        OnnxEmbeddingModel.open(new OnnxConfig(assets, 2, true), InstantSource.system())) {
      for (int i = 0; i < 2; i++) {
        model.embed(TestScopes.scope(), Purpose.QUERY, List.of("Where is the key to room four?"));
        System.out.println((System.nanoTime() - began) / 1e6);
        began = System.nanoTime();
      }
    }
  }
}
