package io.kass.ports.ledger;

import java.time.Instant;

/**
 * The right to do something alone for a while.
 *
 * @param name what it is about
 * @param owner who holds it
 * @param fence grows with every new holder; a write that shows an older one is refused, so a holder
 *     that overslept cannot do harm
 * @param expires when it ends, by the store's clock
 */
public record Lease(String name, String owner, long fence, Instant expires) {}
