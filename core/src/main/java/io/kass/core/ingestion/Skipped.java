package io.kass.core.ingestion;

import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Reading;

/**
 * A document that is not in the index.
 *
 * @param id the document
 * @param cause why not
 * @param message why not, for the user
 * @param known whether an earlier run already said so of the same content
 */
public record Skipped(DocumentId id, Reading.Cause cause, String message, boolean known) {}
