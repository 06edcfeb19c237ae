package io.kass.aws.dynamodb;

import io.kass.aws.sdk.StandIn;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.cache.AnswerCacheContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.Extension.class)
class DynamoDbAnswerCacheTest extends AnswerCacheContract {
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
  protected AnswerCache open(InstantSource clock) {
    return new DynamoDbAnswerCache(tables.connection(clock));
  }
}
