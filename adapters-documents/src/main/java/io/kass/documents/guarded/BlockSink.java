package io.kass.documents.guarded;

import io.kass.ports.document.DocumentReader.BlockConsumer;

/** Takes blocks, collects them, and sends them on. */
public interface BlockSink extends BlockConsumer {
  /** Sends on what has been collected: what comes next may take a while. */
  void flush();
}
