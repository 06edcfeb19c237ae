package io.kass.ports.ledger;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

class InMemoryLedgerTest extends LedgerContract {
  private @Nullable InMemoryLedger ledger;

  @Override
  protected Ledger open(InstantSource clock) {
    if (ledger == null) {
      ledger = new InMemoryLedger(clock);
    }
    return ledger;
  }
}
