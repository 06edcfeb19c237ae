package io.kass.ports.index;

import io.kass.ports.ContentHash;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a chunk, derived from content and place, never from a counter; the same in every
 * store. Ordered bytewise.
 *
 * @param hex 64 lowercase hexadecimal digits
 */
public record ChunkKey(String hex) implements Comparable<ChunkKey> {
  public ChunkKey {
    hex = new ContentHash(hex).hex();
  }

  /**
   * The key of a chunk that KASS made.
   *
   * @param document the document it belongs to
   * @param content the hash of its text
   * @param occurrence which of the document's chunks with that text it is, counted from 0
   */
  public static ChunkKey of(DocumentId document, ContentHash content, int occurrence) {
    return new ChunkKey(
        ContentHash.ofParts(
                "kass-chunk-1", document.value(), content.hex(), Integer.toString(occurrence))
            .hex());
  }

  /**
   * The key of a record of the legacy system, whose own id says nothing about its content. A null
   * text differs from an empty one.
   */
  public static ChunkKey legacy(
      String collection, String legacyId, @Nullable String text, Metadata metadata) {
    return new ChunkKey(
        ContentHash.ofParts(
                "kass-legacy-1",
                collection,
                legacyId,
                text == null ? "null" : "text",
                text == null ? "" : text,
                metadata.canonical())
            .hex());
  }

  @Override
  public int compareTo(ChunkKey other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
