package io.kass.core.chunking;

/**
 * How large chunks are, in UTF-16 code units.
 *
 * @param size the longest a chunk may be; at least 16
 * @param overlap the most that a chunk repeats of the one before it; at most half the size
 */
public record ChunkSizes(int size, int overlap) {
  public ChunkSizes {
    if (size < 16 || overlap < 0 || overlap > size / 2) {
      throw new IllegalArgumentException(
          "a chunk has at least 16 characters and repeats at most half: " + size + "/" + overlap);
    }
  }

  /** As ids show them: {@code 1000/150}. */
  @Override
  public String toString() {
    return size + "/" + overlap;
  }
}
