package io.kass.ports.document;

import java.time.Instant;

/**
 * A document as its store lists it, without its content.
 *
 * @param id its id
 * @param size its length in bytes
 * @param version changes whenever the content may have changed; equal versions of one id mean equal
 *     content
 * @param modified when it was last written, as the store tells
 */
public record StoredDocument(DocumentId id, long size, String version, Instant modified) {}
