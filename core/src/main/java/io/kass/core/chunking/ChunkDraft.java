package io.kass.core.chunking;

import io.kass.ports.Metadata;
import io.kass.ports.document.Place;

/**
 * A passage cut from a document, before it has a key, a language and a vector.
 *
 * @param text never blank; where the place has offsets, exactly the document's text between them
 * @param place where it stands, and the headings above it
 * @param metadata what else the chunker knows of it, under the names of the legacy system
 */
public record ChunkDraft(String text, Place place, Metadata metadata) {
  /** A passage of which nothing else is known. */
  public ChunkDraft(String text, Place place) {
    this(text, place, Metadata.EMPTY);
  }
}
