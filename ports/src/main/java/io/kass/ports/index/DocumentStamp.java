package io.kass.ports.index;

import io.kass.ports.ContentHash;
import io.kass.ports.document.DocumentId;

/**
 * A state of a document.
 *
 * @param id the document
 * @param order when this state came about, so that a late message about an earlier state is
 *     ignored; compared as text (a zero-padded S3 sequencer, a zero-padded time)
 * @param content the hash of the document's bytes and of all that decides how they are cut
 */
public record DocumentStamp(DocumentId id, String order, ContentHash content) {}
