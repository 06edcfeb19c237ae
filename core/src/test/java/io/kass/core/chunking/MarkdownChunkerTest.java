package io.kass.core.chunking;

class MarkdownChunkerTest extends ChunkerRules {
  @Override
  Chunker chunker(ChunkSizes sizes) {
    return new MarkdownChunker(sizes);
  }
}
