package io.kass.benchmarks;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.sun.management.OperatingSystemMXBean;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.loader.FileSystemDocumentLoader;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.e5smallv2q.E5SmallV2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.kass.core.Kass;
import io.kass.core.KassSettings;
import io.kass.core.ingestion.IngestionListener;
import io.kass.core.ingestion.IngestionReport;
import io.kass.core.tool.Tools;
import io.kass.documents.DocumentsModule;
import io.kass.documents.format.DocumentLimits;
import io.kass.local.EmbeddedBackendFactory;
import io.kass.local.files.FilesModule;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.UserId;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A folder brought into an index, whole, beside LangChain4j's ingestor with its recursive splitter,
 * the same model and its store in memory. The two do not do the same: ours embeds each sentence
 * too, finds languages and keeps everything on disk, killed at any moment or not; the peer embeds
 * chunks and keeps them in memory. So there is no target, and what each did stands beside its time.
 *
 * <p>Arguments: the folder.
 */
public final class IngestionBenchmark {
  private static final int CHUNK = 1_000;
  private static final int OVERLAP = 150;

  private IngestionBenchmark() {}

  /** Runs it and prints a table in Markdown. */
  public static void main(String[] arguments) throws IOException {
    Path documents = Path.of(arguments[0]);
    Path directory = Files.createTempDirectory("kass-ingestion-benchmark-");
    try {
      EmbeddedBackendFactory.prepare(directory.resolve("assets"));
      report(System.out, run(documents, directory));
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * What one side did.
   *
   * @param chunks how many chunks it made
   * @param cpu seconds of the process's CPU time
   * @param wall seconds that passed
   */
  record Row(String name, long chunks, double cpu, double wall) {}

  /** Both sides, each after it has loaded its model and met the documents' first one. */
  static List<Row> run(Path documents, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(documents)) {
      Path first = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
      Path warmUp = Files.createDirectories(directory.resolve("warm-up"));
      Files.copy(first, warmUp.resolve(first.getFileName()));
      ours(warmUp, directory, directory.resolve("warm-up-data"));
      var peer = new E5SmallV2QuantizedEmbeddingModel();
      peer(warmUp, peer);
      return List.of(ours(documents, directory, directory.resolve("data")), peer(documents, peer));
    }
  }

  /** Prints a table in Markdown. */
  static void report(PrintStream out, List<Row> rows) {
    out.println("| | chunks | chunks per CPU second | CPU, s | wall, s |");
    out.println("|---|---|---|---|---|");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "| %s | %d | %.1f | %.1f | %.1f |%n",
          row.name(),
          row.chunks(),
          row.chunks() / row.cpu(),
          row.cpu(),
          row.wall());
    }
  }

  private static Row ours(Path documents, Path directory, Path data) {
    InstantSource clock = InstantSource.system();
    KassSettings settings = KassSettings.DEFAULTS;
    var context =
        new BackendContext(clock, Telemetry.none(), data, settings.chunkers().id(), false);
    var factory = new EmbeddedBackendFactory(directory.resolve("assets"));
    try (var shared = new Closer();
        Backend backend = factory.create(ConfigSection.empty("embedded"), context)) {
      Kass kass =
          Kass.assemble(
              backend,
              reader(clock, shared),
              Tools.NONE,
              settings,
              clock,
              RandomGenerator.getDefault());
      DocumentStore store = FilesModule.reading(documents, clock);
      CallScope scope =
          CallScope.within(Duration.ofDays(1), clock, Caller.of(UserId.ANONYMOUS), "benchmark");
      var watch = new Watch();
      IngestionReport report =
          kass.ingestion().run(scope, store, "", Audience.EVERYONE, IngestionListener.none());
      return watch.row("KASS, a vector a sentence too, on disk", report.chunks());
    }
  }

  private static DocumentReader reader(InstantSource clock, Closer closer) {
    return Guice.createInjector(
            new DocumentsModule(DocumentLimits.DEFAULT),
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(InstantSource.class).toInstance(clock);
                bind(Closer.class).toInstance(closer);
              }
            })
        .getInstance(DocumentReader.class);
  }

  private static Row peer(Path documents, E5SmallV2QuantizedEmbeddingModel model) {
    var store = new InMemoryEmbeddingStore<TextSegment>();
    var chunks = new long[1];
    EmbeddingStoreIngestor ingestor =
        EmbeddingStoreIngestor.builder()
            .documentSplitter(DocumentSplitters.recursive(CHUNK, OVERLAP))
            .textSegmentTransformer(segment -> {
              chunks[0]++;
              // The model was trained with it; ours adds it too.
              return TextSegment.from("passage: " + segment.text(), segment.metadata());
            })
            .embeddingModel(model)
            .embeddingStore(store)
            .build();
    var watch = new Watch();
    List<Document> loaded = FileSystemDocumentLoader.loadDocumentsRecursively(documents);
    ingestor.ingest(loaded);
    return watch.row("LangChain4j, in memory", chunks[0]);
  }

  /** CPU time of the process and time of the clock, from its making on. */
  private static final class Watch {
    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long cpu = system.getProcessCpuTime();
    private final long wall = System.nanoTime();

    Row row(String name, long chunks) {
      return new Row(
          name, chunks, (system.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    }
  }
}
