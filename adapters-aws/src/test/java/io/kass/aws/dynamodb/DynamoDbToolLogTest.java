package io.kass.aws.dynamodb;

import io.kass.aws.sdk.StandIn;
import io.kass.ports.tool.ToolLog;
import io.kass.ports.tool.ToolLogContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.Extension.class)
class DynamoDbToolLogTest extends ToolLogContract {
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
  protected ToolLog open() {
    return new DynamoDbToolLog(tables.connection(InstantSource.system()));
  }
}
