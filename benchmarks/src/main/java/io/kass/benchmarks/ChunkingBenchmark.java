package io.kass.benchmarks;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.segment.TextSegment;
import io.kass.core.chunking.ChunkDraft;
import io.kass.core.chunking.Chunkers;
import io.kass.core.chunking.Chunking;
import io.kass.ports.ContentHash;
import io.kass.ports.document.SourceType;
import io.kass.ports.index.ChunkKey;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How fast the chunkers that {@code ingest} uses unless told otherwise cut real documents, beside
 * LangChain4j's recursive splitter with the same sizes and beside a plain search for newlines in
 * the same strings. All of it in one process and on one thread, whose CPU time counts; rounds in
 * turn, so what disturbs the machine disturbs all alike.
 *
 * <ul>
 *   <li>The documents are read once, before: what is measured begins with text in memory on every
 *       side.
 *   <li>The peer's splitter is made once, and its documents are, too. It is given a document at a
 *       time and returns its segments.
 *   <li>Ours gets the blocks that the reader made of a document, and computes all that {@code
 *       ingest} keeps of a chunk: offsets, lines, titles above it.
 *   <li>Each chunk's text is made, and every character of it is looked at, on both sides.
 *   <li>What collecting garbage costs on other threads is in no row.
 * </ul>
 *
 * <p>Arguments: the folder of Markdown and code; the folder of Japanese documents.
 */
public final class ChunkingBenchmark {
  private static final int SIZE = 1200;
  private static final int OVERLAP = 200;

  /** Of each kind. */
  private static final long BYTES = 12_000_000;

  private static final long JAPANESE_BYTES = 4_000_000;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 7;

  /** What is fast goes through the documents again and again in each round. */
  private static final long ROUND_NANOS = 150_000_000;

  private final DocumentSplitter splitter = DocumentSplitters.recursive(SIZE, OVERLAP);
  private final Chunkers chunkers = Chunkers.defaults();

  /** Keeps the JVM from leaving out what nobody would look at. */
  private int seen;

  ChunkingBenchmark() {}

  /** Runs it and prints a table in Markdown. */
  public static void main(String[] arguments) throws IOException {
    ChunkingCorpus corpus = ChunkingCorpus.under(Path.of(arguments[0]), BYTES);
    ChunkingCorpus japanese = ChunkingCorpus.under(Path.of(arguments[1]), JAPANESE_BYTES);
    new ChunkingBenchmark()
        .run(
            System.out,
            ROUND_NANOS,
            List.of(
                new Kind("Markdown and code", corpus),
                new Kind("Markdown", corpus.only(Set.of(SourceType.MARKDOWN))),
                new Kind("code", corpus.only(Set.of(SourceType.CODE))),
                new Kind("Japanese Markdown, repeated", japanese.repeated(JAPANESE_BYTES))));
  }

  /** Some documents under a name. */
  record Kind(String name, ChunkingCorpus corpus) {}

  /** A way to go through a document. */
  private record Contestant(String name, Consumer<ChunkingCorpus.Document> work) {}

  /**
   * Measures each kind of documents.
   *
   * @param roundNanos the least that a round takes, in nanoseconds
   */
  void run(PrintStream out, long roundNanos, List<Kind> kinds) {
    out.println(
        "| documents | what | MB / CPU s, median (least–most) | of the newline search | times"
            + " LangChain4j |");
    out.println("|---|---|---:|---:|---:|");
    for (Kind kind : kinds) {
      measure(out, roundNanos, kind);
    }
  }

  private void measure(PrintStream out, long roundNanos, Kind kind) {
    // By identity: to look one up costs the peer nothing.
    var peers = new IdentityHashMap<ChunkingCorpus.Document, Document>();
    for (ChunkingCorpus.Document document : kind.corpus().documents()) {
      peers.put(document, Document.from(document.text()));
    }
    List<Contestant> contestants =
        List.of(
            new Contestant("`indexOf('\\n')`", document -> searchNewlines(document.text())),
            new Contestant(
                "LangChain4j recursive " + SIZE + "/" + OVERLAP,
                document -> split(Objects.requireNonNull(peers.get(document)))),
            new Contestant("KASS", document -> cut(document, this::look)),
            new Contestant("KASS, hash and key too", this::cutWithKeys));
    var nanos = new long[contestants.size()][ROUNDS];
    var passes = new int[contestants.size()];
    for (int i = 0; i < passes.length; i++) {
      long warm = 0;
      for (int round = 0; round < WARM_UP; round++) {
        warm = time(kind, contestants.get(i), 1);
      }
      passes[i] = (int) Math.max(1, roundNanos / warm);
      time(kind, contestants.get(i), passes[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < passes.length; i++) {
        nanos[i][round] = time(kind, contestants.get(i), passes[i]) / passes[i];
      }
    }
    report(out, kind, contestants, nanos);
  }

  private long time(Kind kind, Contestant contestant, int passes) {
    var threads = ManagementFactory.getThreadMXBean();
    seen = 0;
    long before = threads.getCurrentThreadCpuTime();
    for (int pass = 0; pass < passes; pass++) {
      kind.corpus().documents().forEach(contestant.work());
    }
    long after = threads.getCurrentThreadCpuTime();
    if (seen == 0) {
      throw new IllegalStateException(contestant.name() + " saw nothing");
    }
    return Math.max(1, after - before);
  }

  private void searchNewlines(String text) {
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      seen += i;
    }
  }

  private void split(Document document) {
    for (TextSegment segment : splitter.split(document)) {
      seen += segment.text().hashCode();
    }
  }

  private void cut(ChunkingCorpus.Document document, Consumer<ChunkDraft> chunks) {
    Chunking chunking = chunkers.of(document.type()).begin(chunks);
    document.blocks().forEach(chunking);
    chunking.finish();
  }

  private void look(ChunkDraft chunk) {
    seen += chunk.text().hashCode() + chunk.place().hashCode();
  }

  /** As ingestion keys its chunks. */
  private void cutWithKeys(ChunkingCorpus.Document document) {
    var occurrences = new HashMap<ContentHash, Integer>();
    cut(
        document,
        chunk -> {
          ContentHash hash = ContentHash.of(chunk.text());
          int occurrence = occurrences.merge(hash, 1, Integer::sum) - 1;
          seen += ChunkKey.of(document.id(), hash, occurrence).hashCode();
        });
  }

  private static void report(
      PrintStream out, Kind kind, List<Contestant> contestants, long[][] nanos) {
    double megabytes = kind.corpus().bytes() / 1e6;
    var speeds = new double[nanos.length][ROUNDS];
    for (int i = 0; i < nanos.length; i++) {
      for (int round = 0; round < ROUNDS; round++) {
        speeds[i][round] = megabytes * 1e9 / nanos[i][round];
      }
      Arrays.sort(speeds[i]);
    }
    int middle = ROUNDS / 2;
    int documents = kind.corpus().documents().size();
    String name =
        String.format(Locale.ROOT, "%s: %.1f MB, %d documents", kind.name(), megabytes, documents);
    for (int i = 0; i < nanos.length; i++) {
      double[] speed = speeds[i];
      out.printf(
          Locale.ROOT,
          "| %s | %s | %.1f (%.1f–%.1f) | %.3f | %.1f |%n",
          i > 0 ? "" : name,
          contestants.get(i).name(),
          speed[middle],
          speed[0],
          speed[ROUNDS - 1],
          speed[middle] / speeds[0][middle],
          speed[middle] / speeds[1][middle]);
    }
  }
}
