package io.kass.aws.dynamodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableMetadata;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The keys of a table. As the enhanced client's schema it maps an item to itself: no reflection, no
 * generated code, nothing to load at a cold start.
 *
 * @param name the table's name
 * @param partition the attribute that is its partition key, a text
 * @param sort the attribute that is its sort key, a text; null where there is none
 * @param indexed whether it has the index {@link #INDEX}
 */
record TableShape(String name, String partition, @Nullable String sort, boolean indexed)
    implements TableSchema<Row> {
  /** Finds a user's conversations in the order of their last activity. */
  static final String INDEX = "user_id-index";

  /** The partition key of the index. */
  static final String INDEX_PARTITION = "user_id";

  /** The sort key of the index, a number. */
  static final String INDEX_SORT = "last_activity";

  /** When the service may delete an item: seconds since the epoch. */
  static final String TTL = "ttl";

  static TableShape conversations(DynamoDbConfig config) {
    return new TableShape(config.conversationsTable(), "conversation_id", "position", true);
  }

  static TableShape agentState(DynamoDbConfig config) {
    return new TableShape(config.agentStateTable(), "agent_id", "execution_id", false);
  }

  static TableShape toolLogs(DynamoDbConfig config) {
    return new TableShape(config.toolLogsTable(), "tool_id", "position", false);
  }

  static TableShape cache(DynamoDbConfig config) {
    return new TableShape(config.cacheTable(), "query_hash", null, false);
  }

  static TableShape ledger(DynamoDbConfig config) {
    return new TableShape(config.ledgerTable(), "kind", "name", false);
  }

  /** An item of nothing but its key. */
  Row row(String partitionValue, String sortValue) {
    Row row = Row.EMPTY.with(partition, partitionValue);
    return sort == null ? row : row.with(sort, sortValue);
  }

  /** An item's key alone. */
  Row bare(Row row) {
    return new Row(itemToMap(row, attributeNames()));
  }

  /** The key of an item. */
  Key key(Row row) {
    return key(row.text(partition), sort == null ? "" : row.text(sort));
  }

  Key key(String partitionValue, String sortValue) {
    Key.Builder key = Key.builder().partitionValue(partitionValue);
    return (sort == null ? key : key.sortValue(sortValue)).build();
  }

  /** The request that makes the table. */
  CreateTableRequest creation() {
    var attributes = new ArrayList<AttributeDefinition>();
    var keys = new ArrayList<KeySchemaElement>();
    attributes.add(attribute(partition, ScalarAttributeType.S));
    keys.add(element(partition, KeyType.HASH));
    if (sort != null) {
      attributes.add(attribute(sort, ScalarAttributeType.S));
      keys.add(element(sort, KeyType.RANGE));
    }
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys);
    if (indexed) {
      attributes.add(attribute(INDEX_PARTITION, ScalarAttributeType.S));
      attributes.add(attribute(INDEX_SORT, ScalarAttributeType.N));
      request.globalSecondaryIndexes(
          GlobalSecondaryIndex.builder()
              .indexName(INDEX)
              .keySchema(element(INDEX_PARTITION, KeyType.HASH), element(INDEX_SORT, KeyType.RANGE))
              .projection(projection -> projection.projectionType(ProjectionType.ALL))
              .build());
    }
    return request.attributeDefinitions(attributes).build();
  }

  private static AttributeDefinition attribute(String attributeName, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(attributeName).attributeType(type).build();
  }

  private static KeySchemaElement element(String attributeName, KeyType type) {
    return KeySchemaElement.builder().attributeName(attributeName).keyType(type).build();
  }

  @Override
  public Row mapToItem(Map<String, AttributeValue> attributes) {
    return new Row(attributes);
  }

  @Override
  public Map<String, AttributeValue> itemToMap(Row item, boolean ignoreNulls) {
    return item.values();
  }

  @Override
  public Map<String, AttributeValue> itemToMap(Row item, Collection<String> attributes) {
    var some = new HashMap<>(item.values());
    some.keySet().retainAll(attributes);
    return some;
  }

  @Override
  public @Nullable AttributeValue attributeValue(Row item, String attribute) {
    return item.values().get(attribute);
  }

  @Override
  public TableMetadata tableMetadata() {
    String primary = TableMetadata.primaryIndexName();
    StaticTableMetadata.Builder metadata =
        StaticTableMetadata.builder()
            .addIndexPartitionKey(primary, partition, AttributeValueType.S)
            .markAttributeAsKey(partition, AttributeValueType.S);
    if (sort != null) {
      metadata
          .addIndexSortKey(primary, sort, AttributeValueType.S)
          .markAttributeAsKey(sort, AttributeValueType.S);
    }
    if (indexed) {
      metadata
          .addIndexPartitionKey(INDEX, INDEX_PARTITION, AttributeValueType.S)
          .addIndexSortKey(INDEX, INDEX_SORT, AttributeValueType.N);
    }
    return metadata.build();
  }

  @Override
  public EnhancedType<Row> itemType() {
    return EnhancedType.of(Row.class);
  }

  @Override
  public List<String> attributeNames() {
    return sort == null ? List.of(partition) : List.of(partition, sort);
  }

  @Override
  public boolean isAbstract() {
    return false;
  }
}
