package io.kass.local.chroma;

import io.kass.ports.Metadata;
import io.kass.ports.embedding.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A record as the server shows it.
 *
 * @param id its id
 * @param document its text, or null where it has none or was not asked for it
 * @param metadata its metadata; empty also where it has none, which the server does not tell apart
 * @param embedding its vector, or null where it was not asked for, or has no direction: the server
 *     takes infinite and zero ones and shows them as nulls and zeros
 * @param distance how far it is from the query, or NaN
 */
record ChromaRecord(
    String id,
    @Nullable String document,
    Metadata metadata,
    @Nullable Vector embedding,
    double distance) {}
