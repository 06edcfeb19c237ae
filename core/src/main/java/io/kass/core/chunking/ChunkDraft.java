package io.kass.core.chunking;

import io.kass.ports.document.Place;

/**
 * A passage cut from a document, before it has a key, a language and a vector.
 *
 * @param text never blank; where the place has offsets, exactly the document's text between them
 * @param place where it stands, and the headings above it
 */
public record ChunkDraft(String text, Place place) {}
