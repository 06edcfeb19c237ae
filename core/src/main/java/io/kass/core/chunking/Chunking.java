package io.kass.core.chunking;

import io.kass.ports.document.Block;
import java.util.function.Consumer;

/**
 * One document on its way from blocks to chunks. Not thread-safe. Memory stays bounded by a window
 * and a few chunks, however long the document is, and where its text was cut into windows does not
 * show in the chunks. A document that is given up needs no {@link #finish}.
 */
public interface Chunking extends Consumer<Block> {
  /** Takes the next block of the document. */
  @Override
  void accept(Block block);

  /** Ends the document and hands over what is left; nothing may follow. */
  void finish();
}
