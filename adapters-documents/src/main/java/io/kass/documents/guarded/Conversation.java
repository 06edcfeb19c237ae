package io.kass.documents.guarded;

import io.kass.documents.format.DocumentLimits;
import io.kass.documents.guarded.Worker.Arrival;
import io.kass.ports.CallScope;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** One document, read by another process: serves its bytes, takes its blocks, keeps the time. */
final class Conversation {
  /** As many characters as a page may hold. */
  private static final int PAGE = 3000;

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
  private final Worker worker;

  private final DocumentParser parser;

  private boolean answered;
  private int lastPage;
  private long pages;
  private long characters;
  private long nanosLeft;

  Conversation(
      CallScope scope,
      InstantSource clock,
      LongSupplier nanoTime,
      DocumentLimits limits,
      DocumentParser parser,
      SeekableByteChannel content,
      BlockConsumer blocks,
      Worker worker)
      throws IOException {
    this.scope = scope;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.limits = limits;
    this.parser = parser;
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
      worker.send(new Frame.Open(parser.getClass().getName(), size, bounds()));
      while (true) {
        scope.check(clock);
        switch (next()) {
          case Arrival.Sent(Frame.Done(Reading reading)) -> {
            return new End.Told(reading);
          }
          case Arrival.Sent(Frame.Report report) -> {
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

  private void take(Frame.Report report) throws IOException {
    switch (report) {
      case Frame.Need(long from, int length) -> worker.send(new Frame.Bytes(at(from, length)));
      case Frame.Begin(SourceType type, String mediaType) -> blocks.begin(type, mediaType);
      case Frame.Blocks(List<Block> some) -> {
        some.forEach(this::count);
        some.forEach(blocks);
      }
      case Frame.Ready ready -> {}
      case Frame.Done done -> throw new IllegalArgumentException("taken where it came: " + done);
    }
  }

  private ByteBuffer at(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(length, 0, DocumentBytes.PIECE));
    content.position(from);
    while (bytes.hasRemaining()) {
      if (content.read(bytes) < 0) {
        break;
      }
    }
    return bytes.flip();
  }

  /** A page is worth some time, and so is as much text as a page holds where there are none. */
  private void count(Block block) {
    long before = pages;
    if (block.place().locator() instanceof Locator.Pages(int first, int last)) {
      if (last > lastPage) {
        lastPage = last;
        pages++;
      }
    } else {
      characters += block.text().length();
      if (characters >= PAGE) {
        pages += characters / PAGE;
        characters %= PAGE;
      }
    }
    pages = Math.min(pages, limits.maxPages());
    nanosLeft += limits.timePerPage().multipliedBy(pages - before).toNanos();
  }

  private DocumentParser.Bounds bounds() {
    return new DocumentParser.Bounds(limits.maxPages(), limits.maxUnpacked());
  }

  private Reading tooSlow() {
    return new Unreadable(
        Cause.TOO_SLOW,
        "Reading it took longer than %d s. %s, or raise documents.time."
            .formatted(
                limits.time().plus(limits.timePerPage().multipliedBy(pages)).toSeconds(),
                parser.remedy()));
  }

  private Reading ended() throws InterruptedException {
    int code = worker.exitCode();
    if (code == Worker.EXIT_MEMORY || code == Worker.EXIT_KILLED) {
      return new Unreadable(
          Cause.TOO_LARGE,
          "Reading it takes more than %d MiB of memory. %s, or raise documents.memory."
              .formatted(limits.memory(), parser.remedy()));
    }
    return new Unreadable(
        Cause.DAMAGED, Messages.damaged(parser, ": its reader broke off with exit code " + code));
  }
}
