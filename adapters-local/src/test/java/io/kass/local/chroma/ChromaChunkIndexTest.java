package io.kass.local.chroma;

import io.kass.devservices.ChromaServer;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkIndexContract;
import io.kass.ports.index.Metric;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.ledger.Ledger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On the real server, with a collection of its own for each test. */
@ExtendWith(ChromaExtension.class)
class ChromaChunkIndexTest extends ChunkIndexContract {
  private final String collection = "contract-" + UUID.randomUUID();
  private final Ledger ledger = new InMemoryLedger(InstantSource.system());
  @TempDir private Path temporary;
  private ChromaServer server;
  private @Nullable ChromaChunkIndex open;

  @BeforeEach
  void use(ChromaServer shared) {
    server = shared;
  }

  @Override
  protected ChunkIndex open(String model, int dimension, Metric metric, String chunker) {
    close();
    open =
        new ChromaChunkIndex(
            TestCollection.config(server, collection, true),
            new ChromaConnection.Wanted(model, dimension, TestCollection.space(metric), chunker),
            false,
            InstantSource.system(),
            ledger,
            temporary);
    return open;
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }
}
