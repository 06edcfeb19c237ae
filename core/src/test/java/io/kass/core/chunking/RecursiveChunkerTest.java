package io.kass.core.chunking;

class RecursiveChunkerTest extends ChunkerRules {
  @Override
  Chunker chunker(ChunkSizes sizes) {
    return new RecursiveChunker(sizes);
  }
}
