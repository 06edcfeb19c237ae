package io.kass.documents.guarded;

import io.kass.ports.document.Reading;
import java.io.IOException;
import java.util.List;

/**
 * Reads the documents of one format in a process of its own, one after another. Bounded by that
 * process, not by itself. Has a constructor without parameters, which loads nothing.
 */
public interface DocumentParser {
  /** The jars that it takes besides KASS's own: a class of each. */
  List<Class<?>> needs();

  /** What may help where a document cannot be read, as a sentence's first half without an end. */
  String remedy();

  /**
   * Reads a document.
   *
   * @return what was read, or why nothing can be; then the blocks handed over so far are void
   * @throws IOException when the bytes cannot be read: the document is damaged
   */
  Reading parse(DocumentBytes bytes, Bounds bounds, BlockSink blocks) throws IOException;

  /**
   * How much of a document is read.
   *
   * @param maxPages pages of a paged document
   * @param maxUnpacked bytes of everything in it that is packed
   */
  record Bounds(int maxPages, long maxUnpacked) {}
}
