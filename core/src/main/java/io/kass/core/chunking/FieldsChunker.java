package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts what comes as named fields, such as tickets: the fields of one ticket become one text,
 * {@code Name: value} each, a blank line between; fields of one name that follow each other, such
 * as comments, stand below each other under one {@code Name:}. That text is cut as running text. It
 * is put together, so the chunks' places have no offsets; they are those of the ticket. Facts are
 * metadata of all that follows up to the next ones. What is no field is cut on its own.
 */
public final class FieldsChunker extends SizedChunker {
  private static final String VERSION = "fields-2";

  /** Cuts into chunks of these sizes. */
  public FieldsChunker(ChunkSizes sizes) {
    super(VERSION, sizes);
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new FieldsChunking(output -> new RecursiveCutter(sizes, output), chunks);
  }
}
