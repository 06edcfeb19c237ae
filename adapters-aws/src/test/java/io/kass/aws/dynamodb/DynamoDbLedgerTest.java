package io.kass.aws.dynamodb;

import io.kass.aws.sdk.StandIn;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.Extension.class)
class DynamoDbLedgerTest extends LedgerContract {
  private TestTables tables;

  @BeforeEach
  void open(StandIn standIn) {
    tables = new TestTables(standIn.endpoint());
  }

  @AfterEach
  void close() throws Exception {
    tables.close();
  }

  @Override
  protected Ledger open(InstantSource clock) {
    return new DynamoDbLedger(tables.connection(clock));
  }
}
