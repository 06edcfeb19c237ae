package io.kass.core.ingestion;

import java.util.List;

/**
 * What an ingestion did.
 *
 * @param documents how many documents the source holds, with what could not be looked at: the
 *     unchanged, the indexed and the skipped together
 * @param unchanged how many needed nothing
 * @param indexed how many were read and are now in the index
 * @param removed how many were in the index and are gone from the source
 * @param chunks how many chunks were written
 * @param skipped those that are not in the index, ordered by id
 */
public record IngestionReport(
    int documents, int unchanged, int indexed, int removed, long chunks, List<Skipped> skipped) {
  public IngestionReport {
    skipped = List.copyOf(skipped);
  }
}
