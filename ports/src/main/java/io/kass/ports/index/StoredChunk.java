package io.kass.ports.index;

import io.kass.ports.embedding.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk with what an index keeps beside it.
 *
 * @param chunk the chunk
 * @param vector its embedding; null where it has none (blank text, a language that the model does
 *     not speak) or where it was not asked for
 * @param sentences its sentences in order, empty where the index keeps none or they were not asked
 *     for
 */
public record StoredChunk(Chunk chunk, @Nullable Vector vector, List<Sentence> sentences) {
  public StoredChunk {
    sentences = List.copyOf(sentences);
  }

  public ChunkKey key() {
    return chunk.key();
  }
}
