package io.kass.ports.document;

import io.kass.ports.CallScope;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Consumer;

/** Turns the bytes of a document into blocks. Thread-safe. */
public interface DocumentReader {
  /**
   * Names the formats this reader knows and the version of how it reads them. A document that was
   * read, or refused, under another id is read again.
   */
  String id();

  /**
   * Reads a document. What it is, is decided by its content first and its name second. Blocks are
   * handed over as they are read, so memory stays bounded for text of any length.
   *
   * @param name the document's name with its folders where they are known, for hints: a chat export
   *     names its channel by a folder
   * @param content the bytes; the caller closes it
   * @param blocks takes each block, in document order; what it throws ends the reading and passes
   *     through
   * @return what was read, or why nothing can be; then the blocks handed over so far are void
   * @throws IOException when the bytes cannot be read
   * @throws io.kass.ports.error.KassException when the scope ends
   */
  Reading read(CallScope scope, String name, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException;

  /** Takes the blocks of one document. */
  interface BlockConsumer extends Consumer<Block> {
    /** Called once, before the first block. */
    void begin(SourceType type, String mediaType);
  }
}
