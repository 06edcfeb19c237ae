package io.kass.documents.format;

import io.kass.ports.CallScope;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.function.Consumer;

/** A format that is text and is read as a stream: what all of its kind do the same way. */
public abstract class StreamedFormat implements FormatReader {
  private final InstantSource clock;
  private final SourceType type;
  private final String mediaType;

  protected StreamedFormat(InstantSource clock, SourceType type, String mediaType) {
    this.clock = clock;
    this.type = type;
    this.mediaType = mediaType;
  }

  /**
   * Hands over the blocks of a text.
   *
   * @param check to be run now and then; what it throws passes through
   * @throws DocumentFault when it cannot be read
   */
  protected abstract void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException;

  @Override
  public final Reading read(
      CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    Runnable check = () -> scope.check(clock);
    return switch (Decoding.of(content, check)) {
      case Decoding.Refused(Unreadable reading) -> reading;
      case Decoding.Text(Reader reader) -> {
        blocks.begin(type, mediaType);
        var counted = new Counted(blocks);
        try {
          read(sample, reader, counted, check);
        } catch (DocumentFault e) {
          yield e.reading();
        }
        yield counted.count > 0
            ? new Complete(type, mediaType)
            : new Unreadable(Cause.EMPTY, "There is no text in it.");
      }
    };
  }

  private static final class Counted implements Consumer<Block> {
    private final Consumer<Block> blocks;
    private long count;

    Counted(Consumer<Block> blocks) {
      this.blocks = blocks;
    }

    @Override
    public void accept(Block block) {
      count++;
      blocks.accept(block);
    }
  }
}
