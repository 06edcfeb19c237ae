package io.kass.local.lucene;

import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkIndexContract;
import io.kass.ports.index.Metric;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class LuceneChunkIndexTest extends ChunkIndexContract {
  @TempDir private Path temporary;
  private @Nullable LuceneChunkIndex open;

  @Override
  protected ChunkIndex open(String model, int dimension, Metric metric, String chunker) {
    close();
    Path path = temporary.resolve("data/index");
    open =
        new LuceneChunkIndex(
            LuceneConfig.in(path),
            new IndexIdentity("", model, dimension, metric, chunker),
            false,
            InstantSource.system(),
            new IndexDirectory(path));
    return open;
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }
}
