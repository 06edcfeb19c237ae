package io.kass.ports.ledger;

import java.time.Instant;

/**
 * A counter of the ledger.
 *
 * @param name its name
 * @param value what was added so far
 * @param expires from when on it is void
 */
public record Counter(String name, long value, Instant expires) {}
