package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts Markdown by its structure. Every chunk is under one heading where it can be: a heading
 * begins a chunk and names the place of what follows it. What is too long under one heading is cut
 * between blocks, items of lists or rows of tables, in the second half of what fits; a block of
 * code stays whole if it fits into a chunk.
 *
 * <p>Sections shorter than a quarter of a chunk say too little to be found on their own. They are
 * put together with the next ones as long as those are under the same parent, and so is what is
 * left at the end of a parent; the titles of such a chunk are those that its sections share.
 *
 * <p>A chunk's text is the source between its offsets. Nothing but white space is left out. A chunk
 * that begins at a heading repeats nothing; others repeat the end of the one before, from the
 * beginning of a line, sentence or word on.
 */
public final class MarkdownChunker extends SizedChunker {
  private static final String VERSION = "markdown-1";

  /** Cuts into chunks of these sizes. */
  public MarkdownChunker(ChunkSizes sizes) {
    super(VERSION, sizes);
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new BlockChunking(output -> new MarkdownCutter(sizes, output), chunks);
  }
}
