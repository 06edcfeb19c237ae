package io.kass.documents.guarded;

import com.google.inject.Inject;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.guarded.Conversation.End;
import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;

/** Has documents read by processes of their own, within limits. Thread-safe. */
public final class Guard {
  private final DocumentLimits limits;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Workers workers;

  /**
   * A guard over all parsers; only they can be asked for.
   *
   * @param clock tells whether a scope has ended
   */
  @Inject
  public Guard(Set<DocumentParser> parsers, DocumentLimits limits, InstantSource clock) {
    this(parsers, limits, clock, System::nanoTime);
  }

  /**
   * A guard that keeps another time.
   *
   * @param nanoTime measures how long reading takes, as {@link System#nanoTime} does
   */
  public Guard(
      Set<DocumentParser> parsers,
      DocumentLimits limits,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.limits = limits;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.workers = new Workers(parsers, limits, clock);
  }

  /** Reads a document, as {@link io.kass.ports.document.DocumentReader#read}. */
  public Reading read(
      CallScope scope, DocumentParser parser, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    try {
      workers.enter(scope);
      try {
        return readNow(scope, parser, content, blocks);
      } finally {
        workers.leave();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("The reading of a document was interrupted.", e);
    }
  }

  private Reading readNow(
      CallScope scope, DocumentParser parser, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException, InterruptedException {
    Worker used = workers.used();
    if (used != null) {
      End end = converse(scope, parser, content, blocks, used);
      if (!(end instanceof End.Unanswered)) {
        return reading(end);
      }
    }
    return reading(converse(scope, parser, content, blocks, workers.started(scope)));
  }

  private End converse(
      CallScope scope,
      DocumentParser parser,
      SeekableByteChannel content,
      BlockConsumer blocks,
      Worker worker)
      throws IOException, InterruptedException {
    boolean keep = false;
    try {
      End end =
          new Conversation(scope, clock, nanoTime, limits, parser, content, blocks, worker).run();
      keep = end instanceof End.Told;
      return end;
    } finally {
      if (keep) {
        workers.keep(worker);
      } else {
        worker.kill();
      }
    }
  }

  private static Reading reading(End end) {
    return switch (end) {
      case End.Told(Reading reading) -> reading;
      case End.Broken(Reading reading) -> reading;
      case End.Unanswered() ->
          throw new Internal("The process that reads documents does not answer.");
    };
  }
}
