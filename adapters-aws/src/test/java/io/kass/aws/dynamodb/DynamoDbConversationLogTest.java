package io.kass.aws.dynamodb;

import io.kass.aws.sdk.StandIn;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.ConversationLogContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.Extension.class)
class DynamoDbConversationLogTest extends ConversationLogContract {
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
  protected ConversationLog open() {
    return new DynamoDbConversationLog(tables.connection(InstantSource.system()));
  }
}
