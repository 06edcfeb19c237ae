package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts commits and patches, by tokens. The message of a commit is one text of its fields, put
 * together as that of a ticket, so its chunks have no offsets. Each part of the diff is exactly its
 * text in the patch, in chunks of its own; one that is too long is cut between lines, and the
 * innermost title names the lines of the file that each chunk shows. What is known of the commit is
 * metadata of all its chunks, the changed file of those of the diff.
 */
public final class ChangeChunker implements Chunker {
  private static final String VERSION = "change-1";

  private final ChunkSizes sizes;
  private final TokenMeasure measure;

  /** Cuts into chunks of these sizes, in tokens. */
  public ChangeChunker(ChunkSizes sizes, TokenMeasure measure) {
    this.sizes = sizes;
    this.measure = measure;
  }

  @Override
  public String id() {
    return VERSION + ":" + sizes + ":" + measure.name();
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new FieldsChunking(output -> new TokenCutter(sizes, measure.counter(), output), chunks);
  }
}
