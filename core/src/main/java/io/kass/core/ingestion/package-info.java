/**
 * Brings documents into the index: reads, cuts, embeds what is new, replaces each document in one
 * step, and forgets those that are gone. Running it again does nothing.
 */
@NullMarked
package io.kass.core.ingestion;

import org.jspecify.annotations.NullMarked;
