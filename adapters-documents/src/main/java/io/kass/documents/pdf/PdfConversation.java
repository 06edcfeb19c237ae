package io.kass.documents.pdf;

import io.kass.documents.format.DocumentLimits;
import io.kass.documents.pdf.PdfWorker.Arrival;
import io.kass.ports.CallScope;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One document, read by another process: serves its bytes, takes its pages, keeps the time. */
final class PdfConversation {
  static final String MEDIA_TYPE = "application/pdf";

  /** How a conversation ended. */
  sealed interface End {
    /** With a result; the process may read on. */
    record Told(Reading reading) implements End {}

    /** With a result that is this side's; the process must not be used again. */
    record Broken(Reading reading) implements End {}

    /** Nobody was there. */
    record Unanswered() implements End {}
  }

  private final CallScope scope;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final DocumentLimits limits;
  private final SeekableByteChannel content;
  private final long size;
  private final BlockConsumer blocks;
  private final PdfWorker worker;

  private boolean answered;
  private boolean begun;
  private @Nullable String title;
  private int page;
  private long offset;
  private long nanosLeft;

  PdfConversation(
      CallScope scope,
      InstantSource clock,
      LongSupplier nanoTime,
      DocumentLimits limits,
      SeekableByteChannel content,
      BlockConsumer blocks,
      PdfWorker worker)
      throws IOException {
    this.scope = scope;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.limits = limits;
    this.content = content;
    this.size = content.size();
    this.blocks = blocks;
    this.worker = worker;
    this.nanosLeft = limits.time().toNanos();
  }

  /**
   * Reads the document.
   *
   * @throws io.kass.ports.error.KassException when the scope ends
   */
  End run() throws IOException, InterruptedException {
    try (var registration = scope.cancellation().onCancel(worker::kill)) {
      worker.send(new PdfFrame.Open(size, limits.maxPages()));
      while (true) {
        scope.check(clock);
        switch (next()) {
          case Arrival.Sent(PdfFrame.Done done) -> {
            return new End.Told(reading(done));
          }
          case Arrival.Sent(PdfFrame.Report report) -> {
            answered = true;
            take(report);
          }
          case Arrival.Late() -> {
            if (nanosLeft <= 0) {
              return new End.Broken(tooSlow());
            }
          }
          case Arrival.Ended() -> {
            scope.check(clock);
            return answered ? new End.Broken(ended()) : new End.Unanswered();
          }
        }
      }
    }
  }

  /** Only the waiting counts: what is done with the blocks takes the time that it takes. */
  private Arrival next() throws InterruptedException {
    long before = nanoTime.getAsLong();
    Duration left = Duration.ofNanos(Math.max(0, nanosLeft));
    Duration allowed = scope.remaining(clock);
    Arrival arrival = worker.next(left.compareTo(allowed) < 0 ? left : allowed);
    nanosLeft -= nanoTime.getAsLong() - before;
    return arrival;
  }

  private void take(PdfFrame.Report report) throws IOException {
    switch (report) {
      case PdfFrame.Need(long from, int length) ->
          worker.send(new PdfFrame.Bytes(at(from, length)));
      case PdfFrame.Title(String text) -> title = text;
      case PdfFrame.PageText(int number, String text) -> {
        if (number > page) {
          page = number;
          nanosLeft += limits.timePerPage().toNanos();
        }
        hand(text);
      }
      case PdfFrame.Ready ready -> {}
      case PdfFrame.Done done -> throw new IllegalArgumentException("taken where it came: " + done);
    }
  }

  private ByteBuffer at(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(length, 0, RemoteBytes.PIECE));
    content.position(from);
    while (bytes.hasRemaining()) {
      if (content.read(bytes) < 0) {
        break;
      }
    }
    return bytes.flip();
  }

  private void hand(String text) {
    if (text.isEmpty()) {
      return;
    }
    var locator = new Locator.Pages(page, page);
    if (!begun) {
      begun = true;
      blocks.begin(SourceType.PAGED, MEDIA_TYPE);
      if (title != null) {
        blocks.accept(new Block.Heading(1, title, new Place(locator, List.of(), -1, -1)));
      }
    }
    long end = offset + text.length();
    blocks.accept(new Block.Prose(text, new Place(locator, List.of(), offset, end)));
    offset = end;
  }

  private Reading reading(PdfFrame.Done done) {
    return switch (done.outcome()) {
      case COMPLETE -> new Complete(SourceType.PAGED, MEDIA_TYPE);
      case EMPTY -> new Unreadable(Cause.EMPTY, "Its pages are empty.");
      case NO_TEXT ->
          new Unreadable(
              Cause.NO_TEXT,
              "It holds no text, only pictures of it. Run text recognition (OCR) on it first.");
      case ENCRYPTED ->
          new Unreadable(
              Cause.ENCRYPTED, "It asks for a password. Save it without one, or leave it out.");
      case DAMAGED -> damaged(done.detail());
      case TOO_MANY_PAGES ->
          new Unreadable(
              Cause.TOO_LARGE,
              "It has more than %d pages. Split it, or raise documents.max-pages."
                  .formatted(limits.maxPages()));
    };
  }

  private static Reading damaged(String detail) {
    return new Unreadable(
        Cause.DAMAGED,
        "It is damaged%s. Get it anew, or print it to a new PDF."
            .formatted(detail.isEmpty() ? "" : ": " + detail));
  }

  private Reading tooSlow() {
    return new Unreadable(
        Cause.TOO_SLOW,
        "Reading it took longer than %d s. Print it to a new PDF, or raise documents.time."
            .formatted(limits.time().plus(limits.timePerPage().multipliedBy(page)).toSeconds()));
  }

  private Reading ended() throws InterruptedException {
    int code = worker.exitCode();
    if (code == PdfWorker.EXIT_MEMORY || code == PdfWorker.EXIT_KILLED) {
      return new Unreadable(
          Cause.TOO_LARGE,
          "Reading it takes more than %d MiB of memory. Print it to a new PDF, or raise documents.pdf-memory."
              .formatted(limits.pdfMemory()));
    }
    return damaged("its reader broke off with exit code " + code);
  }
}
