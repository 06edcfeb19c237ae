package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts documents of one kind. Thread-safe: each document has a {@link Chunking} of its own. The
 * same blocks always give the same chunks.
 */
public interface Chunker {
  /**
   * Names the algorithm, its version and its sizes, such as {@code recursive-1:1000/150}. It
   * changes whenever some document would be cut differently, so an index can tell that its chunks
   * are out of date.
   */
  String id();

  /**
   * Begins a document.
   *
   * @param chunks takes each chunk as soon as it is certain, in document order; what it throws
   *     passes through {@link Chunking#accept} and {@link Chunking#finish}
   */
  Chunking begin(Consumer<ChunkDraft> chunks);
}
