package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts running text after the last sentence that fits, whatever else might be a better place; of
 * Japanese too, which puts no spaces between them. What stands on a line of its own, such as a
 * title, is taken for a sentence. A sentence that is longer than a chunk is cut between words.
 *
 * <p>A chunk's text is the source between its offsets, with no white space at either end. Nothing
 * but white space is left out. Chunks repeat the last sentences of the one before, as many as fit.
 */
public final class SentenceChunker extends SizedChunker {
  private static final String VERSION = "sentences-1";

  /** Cuts into chunks of these sizes. */
  public SentenceChunker(ChunkSizes sizes) {
    super(VERSION, sizes);
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new BlockChunking(output -> new SentenceCutter(sizes, output), chunks);
  }
}
