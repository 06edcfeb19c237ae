package io.kass.aws.dynamodb;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.aws.sdk.AwsConnection;
import io.kass.ports.backend.Closer;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.ToolLog;

/**
 * Binds {@link ConversationLog}, {@link Ledger}, {@link AnswerCache}, {@link AgentStates} and
 * {@link ToolLog} to tables of DynamoDB. Asks for an {@link AwsConnection}, and a {@link Closer}
 * that will close the client. Nothing is asked of the service before the first use.
 */
public final class DynamoDbModule extends AbstractModule {
  private final DynamoDbConfig config;

  public DynamoDbModule(DynamoDbConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  DynamoDbConnection connection(AwsConnection aws, Closer closer) {
    return closer.register(new DynamoDbConnection(aws, config));
  }

  @Provides
  @Singleton
  ConversationLog conversations(DynamoDbConnection connection) {
    return new DynamoDbConversationLog(connection);
  }

  @Provides
  @Singleton
  Ledger ledger(DynamoDbConnection connection) {
    return new DynamoDbLedger(connection);
  }

  @Provides
  @Singleton
  AnswerCache answers(DynamoDbConnection connection) {
    return new DynamoDbAnswerCache(connection);
  }

  @Provides
  @Singleton
  AgentStates agentStates(DynamoDbConnection connection) {
    return new DynamoDbAgentStates(connection);
  }

  @Provides
  @Singleton
  ToolLog toolLog(DynamoDbConnection connection) {
    return new DynamoDbToolLog(connection);
  }
}
