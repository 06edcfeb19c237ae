package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts source code by its structure. A chunk begins at the declaration of a type or a function,
 * with the comments and annotations before it; small neighbours share a chunk. A large type is cut
 * between its members, a large function between its statements, at blank lines where there are any.
 * The titles of a chunk are the names of the declarations that all of it is within: {@code
 * OrderService > cancel}.
 *
 * <p>Structure is seen by indentation and the first words of lines; comments and literals of
 * several lines are known as such. Where that misleads, the code is still cut between lines.
 *
 * <p>A chunk's text is the source between its offsets. Nothing but white space is left out. A chunk
 * that begins at a declaration repeats nothing; others repeat the last lines of the one before.
 */
public final class CodeChunker extends SizedChunker {
  private static final String VERSION = "code-1";

  /** Cuts into chunks of these sizes. */
  public CodeChunker(ChunkSizes sizes) {
    super(VERSION, sizes);
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new CodeChunking(sizes, chunks);
  }
}
