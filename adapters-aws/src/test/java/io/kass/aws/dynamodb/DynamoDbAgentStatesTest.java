package io.kass.aws.dynamodb;

import io.kass.aws.sdk.StandIn;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.AgentStatesContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.Extension.class)
class DynamoDbAgentStatesTest extends AgentStatesContract {
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
  protected AgentStates open(InstantSource clock) {
    return new DynamoDbAgentStates(tables.connection(clock));
  }
}
