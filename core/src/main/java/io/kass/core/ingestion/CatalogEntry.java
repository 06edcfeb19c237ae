package io.kass.core.ingestion;

import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Reading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document that the index was made of.
 *
 * @param id the document
 * @param at when it was read last; null where that is not known, since others put it there
 * @param chunks how many chunks it has in the index
 * @param skipped why nothing of it is in the index, or null where it is
 * @param message the same for the user; empty where it is
 */
public record CatalogEntry(
    DocumentId id,
    @Nullable Instant at,
    int chunks,
    Reading.@Nullable Cause skipped,
    String message) {}
