package io.kass.benchmarks;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import io.kass.core.chunking.Chunker;
import io.kass.core.chunking.Chunkers;
import io.kass.core.chunking.Chunking;
import io.kass.ports.ContentHash;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.SourceType;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How fast the chunkers cut, beside LangChain4j's recursive splitter with the same sizes and beside
 * a plain search for newlines, over one text in one process. The rounds are interleaved, so what
 * disturbs the machine disturbs all of them alike; the median of the rounds counts, in CPU time of
 * the one thread that works. Every chunk's text is made and looked at.
 *
 * <p>Arguments: files or folders to take the text from; without any, the working directory.
 */
public final class ChunkingBenchmark {
  private static final int LENGTH = 20_000_000;
  private static final int WINDOW = 512 * 1024;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 7;

  private ChunkingBenchmark() {}

  /** Runs it and prints a table in Markdown. */
  public static void main(String[] args) {
    List<Path> paths =
        args.length == 0 ? List.of(Path.of("")) : Stream.of(args).map(Path::of).toList();
    String text = MarkdownCorpus.of(paths, LENGTH).text();
    List<Contestant> contestants = contestants(text);
    for (int round = 0; round < WARM_UP; round++) {
      contestants.forEach(Contestant::run);
    }
    var nanos = new long[contestants.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        nanos[i][round] = time(contestants.get(i));
      }
    }
    report(System.out, text, contestants, nanos);
  }

  /**
   * One way to go through the text.
   *
   * @param work returns something that depends on all of the result
   */
  private record Contestant(String name, LongSupplier work) {
    long run() {
      return work.getAsLong();
    }
  }

  private static List<Contestant> contestants(String text) {
    List<Block> windows = windows(text);
    Chunker recursive = Chunkers.defaults().of(SourceType.TEXT);
    Chunker markdown = Chunkers.defaults().of(SourceType.MARKDOWN);
    return List.of(
        new Contestant("`String.indexOf('\\n')`", () -> countNewlines(text)),
        new Contestant("LangChain4j recursive 1000/150", () -> split(text, 1000, 150)),
        new Contestant("LangChain4j recursive 1200/200", () -> split(text, 1200, 200)),
        new Contestant("KASS " + recursive.id(), () -> cut(recursive, windows, false)),
        new Contestant("KASS " + markdown.id(), () -> cut(markdown, windows, false)),
        new Contestant(
            "KASS " + recursive.id() + " with SHA-256", () -> cut(recursive, windows, true)),
        new Contestant(
            "KASS " + markdown.id() + " with SHA-256", () -> cut(markdown, windows, true)));
  }

  /** As a reader hands it over: cut after newlines. */
  private static List<Block> windows(String text) {
    var windows = new ArrayList<Block>();
    int begin = 0;
    int line = 1;
    while (begin < text.length()) {
      int newline = text.lastIndexOf('\n', Math.min(text.length(), begin + WINDOW) - 1);
      int end = newline < begin ? Math.min(text.length(), begin + WINDOW) : newline + 1;
      String window = text.substring(begin, end);
      int lines = (int) countNewlines(window);
      var locator = new Locator.Lines(line, line + lines);
      windows.add(new Block.Prose(window, new Place(locator, List.of(), begin, end)));
      line += lines;
      begin = end;
    }
    return windows;
  }

  private static long countNewlines(String text) {
    long count = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      count++;
    }
    return count;
  }

  private static long split(String text, int size, int overlap) {
    DocumentSplitter splitter = DocumentSplitters.recursive(size, overlap);
    long seen = 0;
    for (var segment : splitter.split(Document.from(text))) {
      seen += look(segment.text());
    }
    return seen;
  }

  private static long cut(Chunker chunker, List<Block> windows, boolean hashed) {
    long[] seen = {0};
    Chunking chunking =
        chunker.begin(chunk ->
            seen[0] += hashed ? ContentHash.of(chunk.text()).hex().charAt(0) : look(chunk.text()));
    windows.forEach(chunking);
    chunking.finish();
    return seen[0];
  }

  private static long look(String chunk) {
    return chunk.length() + 31L * chunk.charAt(chunk.length() / 2);
  }

  private static long time(Contestant contestant) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    long seen = contestant.run();
    long after = threads.getCurrentThreadCpuTime();
    if (seen == 0) {
      throw new IllegalStateException(contestant.name() + " saw nothing");
    }
    return after - before;
  }

  private static void report(
      PrintStream out, String text, List<Contestant> contestants, long[][] nanos) {
    double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
    var speeds = new double[contestants.size()];
    for (int i = 0; i < speeds.length; i++) {
      Arrays.sort(nanos[i]);
      speeds[i] = megabytes * 1e9 / nanos[i][ROUNDS / 2];
    }
    out.printf(
        Locale.ROOT,
        "%.1f MB, %d lines, one thread, median of %d rounds, Java %s%n%n",
        megabytes,
        countNewlines(text),
        ROUNDS,
        Runtime.version());
    out.println("| what | MB/s | of the newline search | times LangChain4j 1000/150 |");
    out.println("|---|---:|---:|---:|");
    for (int i = 0; i < speeds.length; i++) {
      out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.3f | %.1f |%n",
          contestants.get(i).name(),
          speeds[i],
          speeds[i] / speeds[0],
          speeds[i] / speeds[1]);
    }
  }
}
