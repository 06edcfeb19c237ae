package io.kass.aws.dynamodb;

import io.kass.aws.sdk.AwsConnection;
import io.kass.aws.sdk.AwsResource;
import io.kass.ports.CallScope;
import io.kass.ports.error.KassException.Internal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** The service's client, made when it is first used, and the calls that all stores make. */
final class DynamoDbConnection implements AutoCloseable {
  /** Reasons to cancel a transaction that pass by themselves. */
  private static final Set<String> PASSING =
      Set.of(
          "ProvisionedThroughputExceeded",
          "ThrottlingError",
          "TransactionConflict",
          "TransactionConflictException");

  private final AwsConnection aws;
  private final DynamoDbConfig config;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();
  private @Nullable DynamoDbClient client;
  private @Nullable DynamoDbEnhancedClient enhanced;

  DynamoDbConnection(AwsConnection aws, DynamoDbConfig config) {
    this.aws = aws;
    this.config = config;
  }

  AwsConnection aws() {
    return aws;
  }

  DynamoDbConfig config() {
    return config;
  }

  Instant now() {
    return aws.clock().instant();
  }

  /** The second of the epoch in which we are: expired is what ends with it or earlier. */
  long nowSeconds() {
    return now().getEpochSecond();
  }

  /** The second of the epoch by which this moment has come. */
  static long seconds(Instant moment) {
    return moment.getNano() == 0 ? moment.getEpochSecond() : moment.getEpochSecond() + 1;
  }

  /** When what is written now may be deleted, or null where it is kept. */
  @Nullable Long expiry(Duration retention) {
    return retention.isZero() ? null : seconds(now().plus(retention));
  }

  synchronized DynamoDbClient client() {
    if (client == null) {
      client = aws.client(DynamoDbClient.builder());
    }
    return client;
  }

  private synchronized DynamoDbEnhancedClient enhanced() {
    if (enhanced == null) {
      // No extensions: none of them is wanted, and finding them takes time.
      enhanced =
          DynamoDbEnhancedClient.builder().dynamoDbClient(client()).extensions(List.of()).build();
    }
    return enhanced;
  }

  Rows rows(TableShape shape) {
    return new Rows(this, shape);
  }

  DynamoDbTable<Row> table(TableShape shape) {
    return enhanced().table(shape.name(), shape);
  }

  DynamoDbEnhancedClient batches() {
    return enhanced();
  }

  /** Runs calls about a table. */
  <T extends @Nullable Object> T run(CallScope scope, TableShape shape, Supplier<T> work) {
    if (config.create() && !ready.contains(shape.name())) {
      aws.run(
          scope,
          resource(shape),
          () -> {
            create(scope, shape);
            return shape;
          });
      ready.add(shape.name());
    }
    return aws.run(scope, resource(shape), work);
  }

  static AwsResource resource(TableShape shape) {
    return new AwsResource(
        "The DynamoDB table '" + shape.name() + "'",
        "Create it with Terraform (deploy/terraform), check that AWS_REGION is the table's region,"
            + " or set 'create' for a local stand-in.");
  }

  private void create(CallScope scope, TableShape shape) {
    try {
      client().describeTable(DescribeTableRequest.builder().tableName(shape.name()).build());
      return;
    } catch (ResourceNotFoundException e) {
      makeTable(shape);
    }
    for (int tries = 1; !isActive(shape); tries++) {
      aws.pause(scope, tries);
    }
    client()
        .updateTimeToLive(
            UpdateTimeToLiveRequest.builder()
                .tableName(shape.name())
                .timeToLiveSpecification(ttl -> ttl.attributeName(TableShape.TTL).enabled(true))
                .build());
  }

  private void makeTable(TableShape shape) {
    try {
      client().createTable(shape.creation());
    } catch (ResourceInUseException e) {
      // Another process was faster.
      return;
    }
  }

  private boolean isActive(TableShape shape) {
    return client()
            .describeTable(DescribeTableRequest.builder().tableName(shape.name()).build())
            .table()
            .tableStatus()
        == TableStatus.ACTIVE;
  }

  /**
   * Does all of it or nothing. What passes by itself (another transaction on the same items, too
   * many requests) is tried again.
   *
   * @return nothing when it was done; else a reason for each action, in their order
   */
  List<CancellationReason> transact(
      CallScope scope, TableShape shape, TransactWriteItemsEnhancedRequest request) {
    for (int tries = 1; ; tries++) {
      boolean last = tries >= aws.attempts();
      List<CancellationReason> reasons =
          run(
              scope,
              shape,
              () -> {
                try {
                  enhanced().transactWriteItems(request);
                  return List.of();
                } catch (TransactionCanceledException e) {
                  if (last && isPassing(e.cancellationReasons())) {
                    throw e;
                  }
                  return e.cancellationReasons();
                }
              });
      if (reasons.isEmpty() || reasons.stream().anyMatch(DynamoDbConnection::isRefused)) {
        return reasons;
      } else if (!isPassing(reasons)) {
        throw new Internal(
            resource(shape).name()
                + " refuses a transaction: "
                + reasons.stream().map(reason -> reason.code() + " " + reason.message()).toList());
      }
      aws.pause(scope, tries);
    }
  }

  private static boolean isPassing(List<CancellationReason> reasons) {
    return reasons.stream()
        .allMatch(reason -> "None".equals(reason.code()) || PASSING.contains(reason.code()));
  }

  /** Whether this action's condition did not hold. */
  static boolean isRefused(CancellationReason reason) {
    return "ConditionalCheckFailed".equals(reason.code());
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
