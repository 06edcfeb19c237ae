package io.kass.local.lucene;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.similarities.Similarity;

/** How Lucene's writers are set up, and shut down without waiting for ever. Thread-safe. */
final class WriterSettings {
  private static final Duration POLL = Duration.ofMillis(5);

  private final LuceneConfig config;
  private final Analyzer analyzer;
  private final Similarity similarity;

  /** Stamps count too: a few documents more or less do not matter here. */
  private final AtomicLong documents = new AtomicLong();

  WriterSettings(LuceneConfig config, Analyzer analyzer, Similarity similarity) {
    this.config = config;
    this.analyzer = analyzer;
    this.similarity = similarity;
  }

  IndexWriterConfig create() {
    var settings = new IndexWriterConfig(analyzer);
    settings.setSimilarity(similarity);
    settings.setCodec(VectorFormat.codec(config, this::wantsGraphs));
    settings.setMergePolicy(new GraphMerges(config.graphSegment(), this::wantsGraphs));
    settings.setMergeScheduler(new QuietMerges());
    settings.setRAMBufferSizeMB(config.ramBufferMegabytes());
    settings.setCommitOnClose(false);
    // A commit does not wait for merges: they come later, in the background.
    settings.setMaxFullFlushMergeWaitMillis(0);
    return settings;
  }

  private boolean wantsGraphs() {
    return documents.get() > config.exactLimit();
  }

  /** Takes note of how large the index has become. */
  void count(IndexWriter writer) {
    documents.set(writer.getDocStats().numDocs);
  }

  /**
   * Closes a writer, all of whose changes are committed. Merges get a while to finish. A graph that
   * is being built cannot be interrupted: it is left to a thread of its own that ends by itself,
   * and with the process at the latest; what it makes is thrown away.
   */
  void close(IndexWriter writer) throws IOException {
    awaitMerges(writer, config.mergeWait());
    if (writer.isOpen() && !writer.hasPendingMerges() && merges(writer) == 0) {
      if (writer.hasUncommittedChanges()) {
        writer.commit(); // what merges have made
      }
      writer.rollback();
      return;
    }
    var rest =
        Thread.ofPlatform()
            .daemon()
            .name("kass-index-close")
            .start(() -> {
              try {
                writer.rollback();
              } catch (IOException | RuntimeException e) {
                // Nothing to lose: all is committed.
                return;
              }
            });
    try {
      rest.join(config.mergeWait());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitMerges(IndexWriter writer, Duration allowed) {
    long end = System.nanoTime() + allowed.toNanos();
    while (merges(writer) > 0 && System.nanoTime() < end) {
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static int merges(IndexWriter writer) {
    return writer.getConfig().getMergeScheduler() instanceof ConcurrentMergeScheduler merges
        ? merges.mergeThreadCount()
        : 0;
  }

  /**
   * Merges whose failure nobody sees on the terminal: it closes the writer, and whoever writes next
   * is told.
   */
  private static final class QuietMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable failure) {
      // Lucene's own prints it.
    }
  }
}
