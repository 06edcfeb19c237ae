package io.kass.local.chroma;

import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkIndexContract;
import io.kass.ports.index.Metric;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.ledger.Ledger;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** At the wire of API v1. */
class ChromaV1ChunkIndexTest extends ChunkIndexContract {
  private final WireServer server = new WireServer(new ChromaV1(41_666));
  private final Ledger ledger = new InMemoryLedger(InstantSource.system());
  @TempDir private Path temporary;
  private @Nullable ChromaChunkIndex open;

  @Override
  protected ChunkIndex open(String model, int dimension, Metric metric, String chunker) {
    closeIndex();
    open =
        new ChromaChunkIndex(
            TestCollection.config("127.0.0.1", server.port(), "contract", true),
            new ChromaConnection.Wanted(model, dimension, TestCollection.space(metric), chunker),
            false,
            InstantSource.system(),
            ledger,
            temporary);
    return open;
  }

  private void closeIndex() {
    if (open != null) {
      open.close();
    }
  }

  @AfterEach
  void close() {
    closeIndex();
    server.close();
  }
}
