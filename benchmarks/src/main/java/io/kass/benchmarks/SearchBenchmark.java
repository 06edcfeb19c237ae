package io.kass.benchmarks;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kass.benchmarks.PlainLucene.Found;
import io.kass.benchmarks.SearchCorpus.Question;
import io.kass.local.lucene.LuceneConfig;
import io.kass.local.lucene.LuceneModule;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Language;
import io.kass.ports.UserId;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.backend.Closer;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.embedding.EmbeddingInfo;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Hit;
import io.kass.ports.index.Legs;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long a hybrid search takes, beside Lucene alone answering the same two searches as exactly:
 * the same chunks, written in the same batches into two indexes, the questions asked of both in
 * turn, so that what disturbs the machine disturbs both alike. Both fetch the texts of what they
 * find. Vectors are ready: no model runs.
 *
 * <p>Arguments: numbers of chunks; without any, 10,000, 50,000 and 100,000. Run it with {@code
 * -Xmx512m} to see that the heap is enough.
 */
public final class SearchBenchmark {
  /** Up to so many chunks every vector is compared. */
  static final int EXACT_LIMIT = 50_000;

  private static final int LIMIT = 100;
  private static final int BATCH = 1_000;
  private static final int TRUTH = 10;
  private static final int WARM_UP = 400;
  private static final int QUESTIONS = 1_500;
  private static final int JUDGED = 100;

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final int exactLimit;
  private final Path directory;
  private final SearchCorpus corpus = new SearchCorpus();
  private final CallScope scope =
      CallScope.within(
          Duration.ofHours(12),
          InstantSource.system(),
          Caller.of(new UserId("benchmark")),
          "benchmark");

  SearchBenchmark(Path directory, int exactLimit) {
    this.directory = directory;
    this.exactLimit = exactLimit;
  }

  /** Runs it and prints a table in Markdown. */
  public static void main(String[] args) throws IOException {
    List<Integer> sizes =
        args.length == 0
            ? List.of(10_000, 50_000, 100_000)
            : Stream.of(args).map(Integer::valueOf).toList();
    Path directory = Files.createTempDirectory("kass-search");
    List<Row> rows = new ArrayList<>();
    try {
      for (int size : sizes) {
        rows.add(new SearchBenchmark(directory, EXACT_LIMIT).run(size, WARM_UP, QUESTIONS));
      }
    } finally {
      delete(directory);
    }
    report(System.out, rows);
  }

  /**
   * What was measured of one size.
   *
   * @param kassRecall how many of the ten nearest are found, from 0 to 1
   * @param plainRecall the same of Lucene alone
   * @param heap bytes in use after the last question, both indexes open
   */
  record Row(
      int chunks, Times kass, Times plain, double kassRecall, double plainRecall, long heap) {}

  /**
   * How long questions took, in milliseconds.
   *
   * @param median of the time that passed
   * @param slowest of the time that passed, one in a hundred took longer
   * @param cpu of the processor's time, on average
   */
  record Times(double median, double slowest, double cpu) {
    static Times of(List<long[]> nanos) {
      long[] passed = nanos.stream().mapToLong(times -> times[0]).sorted().toArray();
      double cpu = nanos.stream().mapToLong(times -> times[1]).average().orElse(0);
      return new Times(
          passed[passed.length / 2] / 1e6, passed[passed.length * 99 / 100] / 1e6, cpu / 1e6);
    }
  }

  /** Both indexes of one size, open. */
  record Pair(ChunkIndex kass, PlainLucene plain, Closer closer) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      closer.close();
      plain.close();
    }
  }

  Row run(int chunks, int warmUp, int questions) throws IOException {
    try (Pair pair = write(chunks)) {
      List<Question> asked = corpus.questions(chunks, questions);
      for (int i = 0; i < warmUp; i++) {
        ask(pair, asked.get(i % questions), i);
      }
      List<long[]> kass = new ArrayList<>();
      List<long[]> plain = new ArrayList<>();
      for (int i = 0; i < questions; i++) {
        List<long[]> times = ask(pair, asked.get(i), i);
        kass.add(times.get(0));
        plain.add(times.get(1));
      }
      double[] recall = recall(pair, chunks, asked.subList(0, Math.min(JUDGED, questions)));
      return new Row(chunks, Times.of(kass), Times.of(plain), recall[0], recall[1], heap());
    }
  }

  /** Writes both indexes. */
  Pair write(int chunks) throws IOException {
    Closer closer = new Closer();
    ChunkIndex first = open(directory.resolve("kass-" + chunks), closer);
    for (int from = 0; from < chunks; from += BATCH) {
      List<StoredChunk> batch = new ArrayList<>(BATCH);
      for (int i = from; i < Math.min(from + BATCH, chunks); i++) {
        batch.add(corpus.chunk(i));
      }
      first.put(scope, batch);
    }
    closer.close();
    PlainLucene plain = new PlainLucene(directory.resolve("plain-" + chunks), chunks > exactLimit);
    plain.write(corpus, chunks, BATCH);
    Closer reopened = new Closer();
    return new Pair(open(directory.resolve("kass-" + chunks), reopened), plain, reopened);
  }

  private ChunkIndex open(Path path, Closer closer) {
    var settings =
        Map.of(
            "directory", path.toString(),
            "exact-limit", Integer.toString(exactLimit),
            "graph-segment", Integer.toString(exactLimit / 5),
            "merge-wait", "1h");
    var context =
        new BackendContext(InstantSource.system(), Telemetry.none(), path, "benchmark", false);
    return Guice.createInjector(
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Closer.class).toInstance(closer);
                bind(EmbeddingInfo.class)
                    .toInstance(
                        new EmbeddingInfo("benchmark", SearchCorpus.DIMENSION, 512, Set.of()));
                install(
                    new LuceneModule(
                        new ConfigSection("index", settings).over(LuceneConfig.DEFAULTS), context));
              }
            })
        .getInstance(ChunkIndex.class);
  }

  /**
   * Asks both, one first one time and the other the next.
   *
   * @return of KASS, then of Lucene, in nanoseconds: the time that passed, and the processor's
   */
  private List<long[]> ask(Pair pair, Question question, int turn) throws IOException {
    long[] kass = {};
    long[] plain = {};
    for (int i = 0; i < 2; i++) {
      boolean first = (turn + i) % 2 == 0;
      long cpu = CPU.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      if (first) {
        kass(pair, question);
      } else {
        plain(pair, question);
      }
      long[] times = {System.nanoTime() - begin, CPU.getCurrentThreadCpuTime() - cpu};
      kass = first ? times : kass;
      plain = first ? plain : times;
    }
    return List.of(kass, plain);
  }

  Legs kass(Pair pair, Question question) {
    return pair.kass()
        .search(
            scope,
            new ChunkQuery(
                Audience.EVERYONE,
                question.words(),
                Language.ENGLISH,
                question.vector(),
                LIMIT,
                Filter.all(),
                false));
  }

  List<Found> plain(Pair pair, Question question) throws IOException {
    return pair.plain().search(question, LIMIT);
  }

  /** The share of the true nearest among the first found, of KASS and of Lucene alone. */
  double[] recall(Pair pair, int chunks, List<Question> questions) throws IOException {
    List<Set<String>> truth = truth(chunks, questions);
    double[] found = new double[2];
    for (int i = 0; i < questions.size(); i++) {
      List<String> kass =
          kass(pair, questions.get(i)).vector().stream()
              .map(Hit::chunk)
              .map(chunk -> chunk.key().hex())
              .toList();
      List<String> plain = plain(pair, questions.get(i)).get(1).ids();
      found[0] += kass.stream().limit(TRUTH).filter(truth.get(i)::contains).count();
      found[1] += plain.stream().limit(TRUTH).filter(truth.get(i)::contains).count();
    }
    double all = (double) TRUTH * questions.size();
    return new double[] {found[0] / all, found[1] / all};
  }

  private List<Set<String>> truth(int chunks, List<Question> questions) {
    record Near(int chunk, double cosine) {}
    List<PriorityQueue<Near>> nearest = new ArrayList<>();
    questions.forEach(
        question -> nearest.add(new PriorityQueue<>(Comparator.comparingDouble(Near::cosine))));
    for (int chunk = 0; chunk < chunks; chunk++) {
      Vector vector = corpus.vector(chunk);
      for (int i = 0; i < questions.size(); i++) {
        PriorityQueue<Near> best = nearest.get(i);
        best.add(new Near(chunk, vector.dot(questions.get(i).vector())));
        if (best.size() > TRUTH) {
          best.poll();
        }
      }
    }
    List<Set<String>> truth = new ArrayList<>();
    for (PriorityQueue<Near> best : nearest) {
      Set<String> keys = new HashSet<>();
      best.forEach(near -> keys.add(corpus.chunk(near.chunk()).key().hex()));
      truth.add(keys);
    }
    return truth;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  static void report(PrintStream out, List<Row> rows) {
    out.printf(
        "| chunks | KASS p50 ms | p99 | CPU | Lucene p50 ms | p99 | CPU | p50 | p99 | CPU |"
            + " recall@10 KASS | Lucene | heap MB of %d |%n",
        Runtime.getRuntime().maxMemory() >> 20);
    out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      Times kass = row.kass();
      Times plain = row.plain();
      out.printf(
          Locale.ROOT,
          "| %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | × %.2f | × %.2f | × %.2f |"
              + " %.3f | %.3f | %d |%n",
          row.chunks(),
          kass.median(),
          kass.slowest(),
          kass.cpu(),
          plain.median(),
          plain.slowest(),
          plain.cpu(),
          kass.median() / plain.median(),
          kass.slowest() / plain.slowest(),
          kass.cpu() / plain.cpu(),
          row.kassRecall(),
          row.plainRecall(),
          row.heap() >> 20);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
