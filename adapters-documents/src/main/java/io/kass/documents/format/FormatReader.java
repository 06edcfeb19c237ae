package io.kass.documents.format;

import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Reads the documents of one format. Thread-safe. */
public interface FormatReader {
  /** What users call the format, as in "KASS reads PDF": a noun without an article. */
  String label();

  /**
   * Names the format and the version of how it is read, such as {@code pdf/1}. It changes whenever
   * the same bytes may be read into other blocks.
   */
  String id();

  /** How sure this format is, after a first look, that the document is one of its own. */
  Claim claim(Sample sample);

  /**
   * Reads a document that this format was given because of its claim. As {@link
   * io.kass.ports.document.DocumentReader#read}; the document is within {@link
   * DocumentLimits#maxBytes()} and not empty.
   *
   * @param content at any position
   */
  Reading read(CallScope scope, Sample sample, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException;
}
