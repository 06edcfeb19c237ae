/** Small durable facts with conditional writes: checkpoints, generations, quotas, leases. */
@NullMarked
package io.kass.ports.ledger;

import org.jspecify.annotations.NullMarked;
