package io.kass.ports.assistant;

import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Place;
import io.kass.ports.index.ChunkKey;

/**
 * What an answer rests on; always a passage that was really retrieved.
 *
 * @param number its marker in the answer, counted from 1
 * @param chunk the passage
 * @param document its document
 * @param place where the quote stands in the document
 * @param quote the words of the passage, exactly
 */
public record Citation(
    int number, ChunkKey chunk, DocumentId document, Place place, String quote) {}
