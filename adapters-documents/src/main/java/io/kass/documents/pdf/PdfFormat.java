package io.kass.documents.pdf;

import io.kass.documents.format.Claim;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.format.FormatReader;
import io.kass.documents.format.Sample;
import io.kass.documents.pdf.PdfConversation.End;
import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Internal;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** PDF: a page becomes a block, or several where it is longer than a window. */
final class PdfFormat implements FormatReader {
  private static final String HEADER = "%PDF-";

  /** How far into a file readers of PDF look for its header. */
  private static final int HEADER_WITHIN = 1024;

  private final DocumentLimits limits;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final PdfWorkers workers;

  /**
   * A reader of PDF.
   *
   * @param clock tells whether a scope has ended
   * @param nanoTime measures how long reading takes, as {@link System#nanoTime} does
   */
  PdfFormat(DocumentLimits limits, InstantSource clock, LongSupplier nanoTime) {
    this.limits = limits;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.workers = new PdfWorkers(limits, clock);
  }

  @Override
  public String label() {
    return "PDF";
  }

  @Override
  public String id() {
    return "pdf/1";
  }

  @Override
  public Claim claim(Sample sample) {
    int header = sample.find(HEADER, 0);
    if (header < 0 || header > HEADER_WITHIN) {
      return Claim.NONE;
    } else if (header == 0) {
      return Claim.CERTAIN;
    }
    // After something else, as some web servers leave it. A text may speak of the header, too.
    boolean isPdf = sample.find(" obj", header) > 0 && sample.extension().equals("pdf");
    return isPdf ? Claim.CERTAIN : Claim.NONE;
  }

  @Override
  public Reading read(
      CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    try {
      workers.enter(scope);
      try {
        return read(scope, content, blocks);
      } finally {
        workers.leave();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("The reading of a PDF was interrupted.", e);
    }
  }

  private Reading read(CallScope scope, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException, InterruptedException {
    PdfWorker used = workers.used();
    if (used != null) {
      End end = converse(scope, content, blocks, used);
      if (!(end instanceof End.Unanswered)) {
        return reading(end);
      }
    }
    return reading(converse(scope, content, blocks, workers.started(scope)));
  }

  private End converse(
      CallScope scope, SeekableByteChannel content, BlockConsumer blocks, PdfWorker worker)
      throws IOException, InterruptedException {
    boolean keep = false;
    try {
      End end = new PdfConversation(scope, clock, nanoTime, limits, content, blocks, worker).run();
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
      case End.Unanswered() -> throw new Internal("The process that reads PDF does not answer.");
    };
  }
}
