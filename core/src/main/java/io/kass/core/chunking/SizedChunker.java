package io.kass.core.chunking;

/** A chunker that is told by its version and its sizes. */
abstract class SizedChunker implements Chunker {
  final ChunkSizes sizes;
  private final String version;

  SizedChunker(String version, ChunkSizes sizes) {
    this.version = version;
    this.sizes = sizes;
  }

  @Override
  public final String id() {
    return version + ":" + sizes;
  }
}
