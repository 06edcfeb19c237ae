package io.kass.core.ingestion;

import io.kass.ports.document.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * Where an ingestion stands.
 *
 * @param documents how many documents need work in all
 * @param done how many of them are finished
 * @param bytes their length in bytes
 * @param bytesDone the length of the finished ones
 * @param chunks how many chunks were written so far
 * @param current a document that is being worked on, or null
 */
public record IngestionProgress(
    int documents,
    int done,
    long bytes,
    long bytesDone,
    long chunks,
    @Nullable DocumentId current) {}
