package io.kass.core.chunking;

import java.util.function.Consumer;

/**
 * Cuts sheets. All chunks are put together from rows, so their places have no offsets: they tell
 * the sheet and its rows.
 *
 * <ul>
 *   <li>The sheet's text is headed {@code Sheet: NAME} and has a line {@code value | value} for
 *       each row; it is cut as running text.
 *   <li>A row of its own is {@code Column: value | Column: value}.
 *   <li>A summary tells how many rows there are, the first 10 columns and the first 10 rows.
 * </ul>
 *
 * <p>Which of these are made is for {@link SheetParts} to say. Rows that are longer than a chunk
 * are cut as running text.
 */
public final class SpreadsheetChunker implements Chunker {
  private static final String VERSION = "sheet-1";

  private final ChunkSizes sizes;
  private final SheetParts parts;

  /** Cuts into chunks of these sizes. */
  public SpreadsheetChunker(ChunkSizes sizes, SheetParts parts) {
    this.sizes = sizes;
    this.parts = parts;
  }

  @Override
  public String id() {
    String which =
        switch (parts) {
          case ROWS_OR_TEXT -> "rows";
          case LEGACY -> "legacy";
        };
    return VERSION + "-" + which + ":" + sizes;
  }

  @Override
  public Chunking begin(Consumer<ChunkDraft> chunks) {
    return new SheetChunking(sizes, parts, chunks);
  }
}
