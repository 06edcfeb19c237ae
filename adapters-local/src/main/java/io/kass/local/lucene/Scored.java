package io.kass.local.lucene;

/**
 * A Lucene document that a leg found.
 *
 * @param document its number in the snapshot
 * @param score higher is better
 */
record Scored(int document, double score) {}
