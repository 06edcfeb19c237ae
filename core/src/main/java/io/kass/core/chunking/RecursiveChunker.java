package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts running text of any kind: at the last end of a paragraph in the second half of what fits, or
 * else of a line, a sentence, a word, or of what a reader takes for one character. A line break
 * that merely wraps a sentence counts less than the end of one.
 *
 * <p>A chunk's text is the source between its offsets, with no white space at either end. Nothing
 * but white space is left out. Chunks repeat the end of the one before, from the beginning of a
 * line, sentence or word on.
 */
public final class RecursiveChunker extends SizedChunker {
  private static final String VERSION = "recursive-1";

  /** Cuts into chunks of these sizes. */
  public RecursiveChunker(ChunkSizes sizes) {
    super(VERSION, sizes);
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new BlockChunking(output -> new RecursiveCutter(sizes, output), chunks);
  }
}
