package io.kass.benchmarks;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.sun.management.OperatingSystemMXBean;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.e5smallv2q.E5SmallV2QuantizedEmbeddingModel;
import io.kass.local.onnx.OnnxConfig;
import io.kass.local.onnx.OnnxModule;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.UserId;
import io.kass.ports.backend.Closer;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Texts embedded per CPU second, beside LangChain4j's in-process embedding of the same model. Both
 * get the same texts, all within the model's token limit; the peer, which adds no prefix, gets them
 * with the prefix that ours adds. Rounds alternate in one JVM. CPU time is the process's, so idle
 * threads that spin count.
 *
 * <p>Arguments: the directory of the English judged documents, and how many texts.
 */
public final class EmbeddingBenchmark {
  private static final int ROUNDS = 5;
  private static final int PASSAGE = 1_000;
  private static final int SENTENCE = 120;

  private final EmbeddingModel ours;
  private final E5SmallV2QuantizedEmbeddingModel peer = new E5SmallV2QuantizedEmbeddingModel();

  private EmbeddingBenchmark(EmbeddingModel ours) {
    this.ours = ours;
  }

  /** Measures, and prints. */
  public static void main(String[] arguments) throws IOException {
    String all = text(Path.of(arguments[0]));
    int count = Integer.parseInt(arguments[1]);
    Path assets = Files.createTempDirectory("kass-embedding-benchmark-");
    OnnxModule.prepare(assets);
    try (var closer = new Closer()) {
      var benchmark = new EmbeddingBenchmark(model(OnnxConfig.defaults(assets), closer));
      benchmark.compare("passages", texts(all, PASSAGE, count));
      benchmark.compare("sentences", texts(all, SENTENCE, 4 * count));
    }
  }

  /** The least cosine between the two for so many passages of the documents. */
  static double leastCosine(Path documents, int count, Path assets) throws IOException {
    try (var closer = new Closer()) {
      var benchmark = new EmbeddingBenchmark(model(OnnxConfig.defaults(assets), closer));
      List<String> texts = texts(text(documents), PASSAGE, count);
      return leastCosine(benchmark.embedOurs(texts), benchmark.embedPeer(texts));
    }
  }

  private static EmbeddingModel model(OnnxConfig config, Closer closer) {
    return Guice.createInjector(
            new OnnxModule(),
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(OnnxConfig.class).toInstance(config);
                bind(InstantSource.class).toInstance(InstantSource.system());
                bind(Closer.class).toInstance(closer);
              }
            })
        .getInstance(EmbeddingModel.class);
  }

  private static String text(Path directory) throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(Files.readString(file).replaceAll("\\s+", " ")).append(' ');
      }
    }
    return all.toString();
  }

  private static List<String> texts(String all, int length, int count) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * (all.length() - length) / count);
      texts.add(all.substring(from, from + length).strip());
    }
    return texts;
  }

  private void compare(String name, List<String> texts) {
    measure(texts, this::embedOurs); // warm
    measure(texts, this::embedPeer);
    double oursCpu = 0;
    double peerCpu = 0;
    for (int i = 0; i < ROUNDS; i++) {
      oursCpu += measure(texts, this::embedOurs);
      peerCpu += measure(texts, this::embedPeer);
    }
    double total = (double) ROUNDS * texts.size();
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f texts per CPU second, LangChain4j %.1f: %.2f times; least cosine %.4f%n",
        name,
        total / oursCpu,
        total / peerCpu,
        peerCpu / oursCpu,
        leastCosine(embedOurs(texts), embedPeer(texts)));
  }

  private static double measure(List<String> texts, Function<List<String>, List<Vector>> embed) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    List<Vector> vectors = embed.apply(texts);
    if (vectors.size() != texts.size()) {
      throw new IllegalStateException("vectors are missing");
    }
    return (system.getProcessCpuTime() - before) / 1e9;
  }

  private List<Vector> embedOurs(List<String> texts) {
    var scope =
        CallScope.within(
            Duration.ofHours(1), InstantSource.system(), Caller.of(UserId.ANONYMOUS), "benchmark");
    return ours.embed(scope, Purpose.PASSAGE, texts);
  }

  private List<Vector> embedPeer(List<String> texts) {
    List<TextSegment> segments =
        texts.stream().map(text -> TextSegment.from("passage: " + text)).toList();
    return peer.embedAll(segments).content().stream()
        .map(embedding -> Vector.of(embedding.vector()))
        .toList();
  }

  private static double leastCosine(List<Vector> some, List<Vector> others) {
    double least = 1;
    for (int i = 0; i < some.size(); i++) {
      least = Math.min(least, some.get(i).cosine(others.get(i)));
    }
    return least;
  }
}
