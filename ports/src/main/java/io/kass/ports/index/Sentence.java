package io.kass.ports.index;

import io.kass.ports.embedding.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a chunk, kept so that an answer can quote it.
 *
 * @param begin offset of its first UTF-16 code unit in the chunk's text
 * @param end offset after its last code unit
 * @param vector its embedding, or null where it has none; an index may keep it at lower precision
 *     (cosine to the original at least 0.99)
 */
public record Sentence(int begin, int end, @Nullable Vector vector) {
  public Sentence {
    if (begin < 0 || end <= begin) {
      throw new IllegalArgumentException("not a span: " + begin + ".." + end);
    }
  }
}
