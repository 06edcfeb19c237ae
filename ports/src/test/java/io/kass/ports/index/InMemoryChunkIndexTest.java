package io.kass.ports.index;

class InMemoryChunkIndexTest extends ChunkIndexContract {
  private final InMemoryChunkIndex.Storage storage = new InMemoryChunkIndex.Storage();

  @Override
  protected ChunkIndex open(String model, int dimension, Metric metric, String chunker) {
    return new InMemoryChunkIndex(storage, model, dimension, metric, chunker);
  }
}
