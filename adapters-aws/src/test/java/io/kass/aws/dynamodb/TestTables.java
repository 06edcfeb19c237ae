package io.kass.aws.dynamodb;

import io.kass.aws.sdk.AwsConnection;
import io.kass.aws.sdk.StandIn;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The tables of one test, opened by as many connections as it asks for. */
final class TestTables implements AutoCloseable {
  static final DynamoDbConfig CONFIG =
      new DynamoDbConfig(
          "test-conversations",
          "test-agent-state",
          "test-tool-logs",
          "test-cache",
          "test-ledger",
          true,
          Duration.ofDays(30),
          Duration.ofDays(90));

  private final URI endpoint;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<DynamoDbConnection> connections = new ArrayList<>();
  private int turn;

  TestTables(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** One of two connections, by turns, as of two processes. */
  synchronized DynamoDbConnection connection(InstantSource clock) {
    if (connections.size() < 2) {
      connections.add(connect(endpoint, clock));
    }
    turn++;
    return connections.get(turn % connections.size());
  }

  /** A connection of its own, through what stands before the server. */
  synchronized DynamoDbConnection connect(URI through, InstantSource clock) {
    return connect(through, clock, CONFIG);
  }

  synchronized DynamoDbConnection connect(URI through, InstantSource clock, DynamoDbConfig config) {
    AwsConnection aws = StandIn.connect(through, clock);
    var connection = new DynamoDbConnection(aws, config);
    open.add(aws);
    open.add(connection);
    return connection;
  }

  @Override
  public synchronized void close() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }
}
