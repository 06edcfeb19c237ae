package io.kass.aws.dynamodb;

import io.kass.ports.error.KassException.Misconfigured;
import java.time.Duration;
import java.util.List;

/**
 * Which tables, and how long they keep what is in them.
 *
 * @param conversationsTable holds what was said
 * @param agentStateTable holds the states of agents
 * @param toolLogsTable holds the records of tool calls
 * @param cacheTable holds answers
 * @param ledgerTable holds the ledger
 * @param create whether missing tables are made at the first use, for local stand-ins; in an
 *     account Terraform makes them
 * @param conversationRetention how long a message is kept after it was written; zero keeps it
 * @param toolLogRetention how long the record of a tool call is kept; zero keeps it
 */
public record DynamoDbConfig(
    String conversationsTable,
    String agentStateTable,
    String toolLogsTable,
    String cacheTable,
    String ledgerTable,
    boolean create,
    Duration conversationRetention,
    Duration toolLogRetention) {
  public static final DynamoDbConfig DEFAULTS =
      new DynamoDbConfig(
          "kass-conversations",
          "kass-agent-state",
          "kass-tool-logs",
          "kass-cache",
          "kass-ledger",
          false,
          Duration.ofDays(30),
          Duration.ofDays(90));

  public DynamoDbConfig {
    for (String table :
        List.of(conversationsTable, agentStateTable, toolLogsTable, cacheTable, ledgerTable)) {
      if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
        throw new Misconfigured(
            "'%s' is no name of a DynamoDB table: 3 to 255 letters, digits, '_', '.' and '-'."
                .formatted(table));
      }
    }
    if (conversationRetention.isNegative() || toolLogRetention.isNegative()) {
      throw new Misconfigured("A retention in DynamoDB is zero or longer.");
    }
  }
}
