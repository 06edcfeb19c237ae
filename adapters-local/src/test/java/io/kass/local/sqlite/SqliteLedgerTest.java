package io.kass.local.sqlite;

import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {
  private SharedFile file;

  @BeforeEach
  void open(@TempDir Path directory) {
    file = new SharedFile(directory);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Override
  protected Ledger open(InstantSource clock) {
    return new SqliteLedger(file.database(clock));
  }
}
