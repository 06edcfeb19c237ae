package io.kass.aws.dynamodb;

import io.kass.ports.CallScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetResultPage;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteResult;
import software.amazon.awssdk.enhanced.dynamodb.model.DeleteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.GetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.ScanEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The items of one table. All reads but those of the index see the last completed write. Listings
 * follow their pages to the end, batches are sent again until all of them is done.
 */
final class Rows {
  /** What the service takes in one call. */
  private static final int WRITE_BATCH = 25;

  private static final int READ_BATCH = 100;

  private final DynamoDbConnection connection;
  private final TableShape shape;

  Rows(DynamoDbConnection connection, TableShape shape) {
    this.connection = connection;
    this.shape = shape;
  }

  TableShape shape() {
    return shape;
  }

  DynamoDbTable<Row> table() {
    return connection.table(shape);
  }

  @Nullable Row get(CallScope scope, Key key) {
    return connection.<@Nullable Row>run(
        scope,
        shape,
        () ->
            table()
                .getItem(GetItemEnhancedRequest.builder().key(key).consistentRead(true).build()));
  }

  /** Puts an item, whole. */
  Outcome put(CallScope scope, Row row, @Nullable Expression condition) {
    return conditional(
        scope,
        () ->
            new Outcome.Done(
                table()
                    .putItemWithResponse(
                        PutItemEnhancedRequest.builder(Row.class)
                            .item(row)
                            .conditionExpression(condition)
                            .returnValues(ReturnValue.ALL_OLD)
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build())
                    .attributes()));
  }

  Outcome delete(CallScope scope, Key key, @Nullable Expression condition) {
    return conditional(
        scope,
        () ->
            new Outcome.Done(
                table()
                    .deleteItemWithResponse(
                        DeleteItemEnhancedRequest.builder()
                            .key(key)
                            .conditionExpression(condition)
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build())
                    .attributes()));
  }

  /** Sets some attributes of an item, which is made when it is not there. */
  Outcome set(CallScope scope, Row row, @Nullable Expression condition) {
    return conditional(
        scope,
        () ->
            new Outcome.Done(
                table()
                    .updateItemWithResponse(
                        UpdateItemEnhancedRequest.builder(Row.class)
                            .item(row)
                            .conditionExpression(condition)
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build())
                    .attributes()));
  }

  /**
   * Changes parts of an item by an expression, which the enhanced client has no words for.
   *
   * @param change an update expression, such as {@code SET #value = #value + :amount}
   * @param condition its names and values serve the change, too
   */
  Outcome update(CallScope scope, Row key, String change, Expression condition) {
    return conditional(
        scope,
        () -> {
          UpdateItemRequest.Builder request =
              UpdateItemRequest.builder()
                  .tableName(shape.name())
                  .key(shape.itemToMap(key, true))
                  .updateExpression(change)
                  .expressionAttributeNames(condition.expressionNames())
                  .expressionAttributeValues(
                      condition.expressionValues().isEmpty() ? null : condition.expressionValues())
                  .returnValues(ReturnValue.ALL_NEW)
                  .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
          if (!condition.expression().isEmpty()) {
            request.conditionExpression(condition.expression());
          }
          return new Outcome.Done(
              new Row(connection.client().updateItem(request.build()).attributes()));
        });
  }

  private Outcome conditional(CallScope scope, Supplier<Outcome> write) {
    return connection.run(
        scope,
        shape,
        () -> {
          try {
            return write.get();
          } catch (ConditionalCheckFailedException e) {
            return new Outcome.Refused(e.hasItem() ? new Row(e.item()) : null);
          }
        });
  }

  /** One page of a listing. */
  Page<Row> page(CallScope scope, QueryEnhancedRequest query) {
    return connection.run(scope, shape, () -> table().query(query).iterator().next());
  }

  /** One page of the index. */
  Page<Row> indexPage(CallScope scope, QueryEnhancedRequest query) {
    return connection.run(
        scope, shape, () -> table().index(TableShape.INDEX).query(query).iterator().next());
  }

  /** All of a listing, a page at a time. */
  void each(CallScope scope, QueryEnhancedRequest query, Consumer<List<Row>> pages) {
    eachPage(scope, () -> table().query(query), pages);
  }

  /** All items for which the condition holds. */
  void scan(CallScope scope, Expression condition, Consumer<List<Row>> pages) {
    ScanEnhancedRequest request =
        ScanEnhancedRequest.builder().consistentRead(true).filterExpression(condition).build();
    eachPage(scope, () -> table().scan(request), pages);
  }

  private void eachPage(
      CallScope scope, Supplier<SdkIterable<Page<Row>>> listing, Consumer<List<Row>> pages) {
    Iterator<Page<Row>> all = connection.run(scope, shape, () -> listing.get().iterator());
    while (connection.run(scope, shape, all::hasNext)) {
      pages.accept(connection.run(scope, shape, all::next).items());
    }
  }

  /**
   * Items by their keys; those that are not there are missing.
   *
   * @param keys each once
   */
  List<Row> getAll(CallScope scope, List<Key> keys) {
    var found = new ArrayList<Row>();
    for (int from = 0; from < keys.size(); from += READ_BATCH) {
      List<Key> left = keys.subList(from, Math.min(keys.size(), from + READ_BATCH));
      for (int tries = 1; !left.isEmpty(); tries++) {
        List<Key> batch = left;
        BatchGetResultPage page =
            connection.run(scope, shape, () -> getBatch(batch).iterator().next());
        found.addAll(page.resultsForTable(table()));
        List<Key> rest = page.unprocessedKeysForTable(table());
        if (!rest.isEmpty() && rest.size() == left.size()) {
          connection.aws().pause(scope, tries);
        }
        left = rest;
      }
    }
    return found;
  }

  private SdkIterable<BatchGetResultPage> getBatch(List<Key> keys) {
    ReadBatch.Builder<Row> batch = ReadBatch.builder(Row.class).mappedTableResource(table());
    keys.forEach(key ->
        batch.addGetItem(GetItemEnhancedRequest.builder().key(key).consistentRead(true).build()));
    return connection
        .batches()
        .batchGetItem(BatchGetItemEnhancedRequest.builder().readBatches(batch.build()).build());
  }

  /** Puts items, whatever was there. */
  void putAll(CallScope scope, List<Row> rows) {
    var left = new HashMap<Key, Row>();
    rows.forEach(row -> left.put(shape.key(row), row));
    writeAll(scope, List.copyOf(left.keySet()), (batch, key) -> batch.addPutItem(left.get(key)));
  }

  /** Deletes items; those that are not there are no harm. */
  void deleteAll(CallScope scope, List<Key> keys) {
    writeAll(scope, List.copyOf(new LinkedHashSet<>(keys)), WriteBatch.Builder::addDeleteItem);
  }

  /** Adds the write of one key to a batch. */
  @FunctionalInterface
  private interface Write {
    void add(WriteBatch.Builder<Row> batch, Key key);
  }

  private void writeAll(CallScope scope, List<Key> keys, Write write) {
    List<Key> left = keys;
    for (int failures = 0; !left.isEmpty(); ) {
      List<Key> batch = left.subList(0, Math.min(left.size(), WRITE_BATCH));
      List<Key> unprocessed = connection.run(scope, shape, () -> writeBatch(batch, write));
      var rest = new ArrayList<>(left.subList(batch.size(), left.size()));
      rest.addAll(unprocessed);
      left = rest;
      // As long as some of it is done it goes on; the caller's deadline bounds it all.
      failures = unprocessed.isEmpty() ? 0 : failures + 1;
      if (failures > 0) {
        connection.aws().pause(scope, failures);
      }
    }
  }

  private List<Key> writeBatch(List<Key> keys, Write write) {
    WriteBatch.Builder<Row> batch = WriteBatch.builder(Row.class).mappedTableResource(table());
    keys.forEach(key -> write.add(batch, key));
    BatchWriteResult result =
        connection
            .batches()
            .batchWriteItem(
                BatchWriteItemEnhancedRequest.builder().writeBatches(batch.build()).build());
    var unprocessed = new ArrayList<>(result.unprocessedDeleteItemsForTable(table()));
    result.unprocessedPutItemsForTable(table()).forEach(row -> unprocessed.add(shape.key(row)));
    return unprocessed;
  }
}
