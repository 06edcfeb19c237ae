package io.kass.benchmarks;

import io.kass.devservices.ChromaServer;
import io.kass.devservices.Installations;
import io.kass.local.LegacyBackendFactory;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Language;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reading a legacy collection of 1,024 dimensions from a real Chroma server, beside the least that
 * has to be done: a loop that reads the ids, then gets by id in the same batches and decodes to the
 * same values; and a search beside the bytes of the same answer. Both sides by turns.
 *
 * <p>Arguments: numbers of records. Run it with {@code -Xmx256m} to see that the heap is enough.
 */
public final class LegacyBenchmark {
  static final int DIMENSION = 1_024;

  private static final int BATCH = 250;
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 200;
  private static final int SEARCHES = 500;
  private static final int LIMIT = 10;

  /**
   * What was measured.
   *
   * @param bare records a second of the bare loop, median of the rounds
   * @param ours the same of the index
   * @param ratio ours by bare, median of the rounds
   * @param heap megabytes of heap that were in use at most while ours ran
   * @param search milliseconds of the bare search, p50
   * @param added what ours takes longer, p50
   */
  record Row(
      int records,
      double bare,
      double ours,
      double ratio,
      long heap,
      double search,
      double added) {}

  private final CallScope scope =
      CallScope.within(
          Duration.ofHours(12),
          InstantSource.system(),
          Caller.of(new UserId("benchmark")),
          "benchmark");

  /** Runs it and prints a table in Markdown. */
  public static void main(String[] arguments) throws IOException {
    int[] sizes = Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
    Path directory = Files.createTempDirectory("kass-legacy-benchmark");
    try (ChromaServer server =
        ChromaServer.start(Installations.ofUser(), directory.resolve("chroma"), 0)) {
      var rows = new ArrayList<Row>();
      for (int size : sizes.length == 0 ? new int[] {5_000, 20_000} : sizes) {
        rows.add(new LegacyBenchmark().run(server, directory, size, ROUNDS, WARM_UP, SEARCHES));
      }
      report(System.out, rows);
    } finally {
      delete(directory);
    }
  }

  /** One row. */
  Row run(ChromaServer server, Path directory, int records, int rounds, int warmUp, int searches)
      throws IOException {
    String name = "benchmark-" + records;
    try (BareChroma bare = BareChroma.create(server, name)) {
      bare.fill(records, DIMENSION, BATCH);
      try (Backend backend = open(server, name, directory)) {
        var bareRates = new double[rounds];
        var ourRates = new double[rounds];
        var ratios = new double[rounds];
        long heap = 0;
        for (int i = 0; i < rounds; i++) {
          bareRates[i] = rate(records, seen -> bare.scan(BATCH, seen::accept));
          var most = new long[1];
          ourRates[i] =
              rate(
                  records,
                  seen ->
                      scan(
                          backend.index(),
                          chunk -> {
                            seen.accept(chunk);
                            most[0] = Math.max(most[0], used());
                          }));
          heap = Math.max(heap, most[0]);
          ratios[i] = ourRates[i] / bareRates[i];
        }
        double[] times = searches(bare, backend.index(), warmUp, searches);
        return new Row(
            records, median(bareRates), median(ourRates), median(ratios), heap, times[0], times[1]);
      }
    }
  }

  /** The legacy backend on this collection; its model is never asked. */
  Backend open(ChromaServer server, String collection, Path directory) {
    var section =
        new ConfigSection(
            "legacy",
            Map.of(
                "chroma-host",
                server.host(),
                "chroma-port",
                Integer.toString(server.port()),
                "chroma-collection",
                collection,
                "embedding-provider",
                "voyage"));
    var context =
        new BackendContext(
            InstantSource.system(), Telemetry.none(), directory.resolve("data"), "none", true);
    return new LegacyBackendFactory(directory.resolve("assets")).create(section, context);
  }

  /** All records of the index, with their vectors. */
  void scan(ChunkIndex index, Consumer<StoredChunk> chunks) {
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<StoredChunk> page = index.scan(scope, KeyRange.ALL, cursor, true);
      page.items().forEach(chunks);
      cursor = page.next();
    }
  }

  /** Goes through records and tells each. */
  @FunctionalInterface
  private interface Reading {
    void read(Consumer<Object> seen) throws IOException;
  }

  private static double rate(int records, Reading reading) throws IOException {
    int[] count = {0};
    long began = System.nanoTime();
    reading.read(record -> count[0]++);
    double seconds = (System.nanoTime() - began) / 1e9;
    if (count[0] != records) {
      throw new IllegalStateException(count[0] + " records instead of " + records);
    }
    return records / seconds;
  }

  /** Milliseconds of the bare search, p50, and how much longer ours takes, p50 of the pairs. */
  private double[] searches(BareChroma bare, ChunkIndex index, int warmUp, int searches)
      throws IOException {
    var random = new Random(7);
    var times = new double[searches];
    var added = new double[searches];
    for (int i = -warmUp; i < searches; i++) {
      float[] vector = BareChroma.vector(random, DIMENSION);
      boolean first = random.nextBoolean();
      double before = first ? bare(bare, vector) : 0;
      double own = ours(index, vector);
      double plain = first ? before : bare(bare, vector);
      if (i >= 0) {
        times[i] = plain;
        added[i] = own - plain;
      }
    }
    return new double[] {median(times), median(added)};
  }

  private static double bare(BareChroma bare, float[] vector) throws IOException {
    long began = System.nanoTime();
    byte[] answer = bare.search(vector, LIMIT);
    double took = (System.nanoTime() - began) / 1e6;
    if (answer.length == 0) {
      throw new IllegalStateException("an empty answer");
    }
    return took;
  }

  private double ours(ChunkIndex index, float[] vector) {
    var query =
        new ChunkQuery(
            Audience.EVERYONE,
            null,
            Language.ENGLISH,
            Vector.of(vector),
            LIMIT,
            Filter.all(),
            false);
    long began = System.nanoTime();
    int found = index.search(scope, query).vector().size();
    double took = (System.nanoTime() - began) / 1e6;
    if (found != LIMIT) {
      throw new IllegalStateException(found + " hits");
    }
    return took;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Megabytes of heap that are in use, garbage included. */
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  /** Prints a table in Markdown. */
  static void report(PrintStream out, List<Row> rows) {
    out.println(
        "| records | bare, records/s | ours, records/s | ours / bare | peak heap, MB | bare search,"
            + " ms | added, ms |");
    out.println("|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      out.println(
          String.format(
              Locale.ROOT,
              "| %,d | %.0f | %.0f | %.2f | %d | %.2f | %.2f |",
              row.records(),
              row.bare(),
              row.ours(),
              row.ratio(),
              row.heap(),
              row.search(),
              row.added()));
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
