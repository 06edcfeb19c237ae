package io.kass.aws.dynamodb;

import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.tool.ToolLog;
import io.kass.ports.tool.ToolLogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tool calls, an item a call, in the order of their moments; and an item an id beside them, so that
 * a call that is written again at another moment is found.
 */
final class DynamoDbToolLog implements ToolLog {
  private static final String IDS = "#i#";
  private static final String ID_SORT = "id";
  private static final String POSITION = "position";

  private static final String ID = "id";
  private static final String CORRELATION = "correlation_id";
  private static final String ARGUMENTS = "arguments";
  private static final String SUCCESS = "success";
  private static final String OUTCOME = "outcome";
  private static final String TOOK = "took";

  private static final int PAGE_ENTRIES = 200;

  private final DynamoDbConnection connection;
  private final Rows rows;
  private final LongTexts texts;
  private final UserRows users;

  DynamoDbToolLog(DynamoDbConnection connection) {
    this.connection = connection;
    rows = connection.rows(TableShape.toolLogs(connection.config()));
    texts = new LongTexts(rows);
    users = new UserRows(rows, this::belongings);
  }

  private List<Key> belongings(Row row) {
    var keys = new ArrayList<>(texts.keys(row, ARGUMENTS));
    keys.addAll(texts.keys(row, OUTCOME));
    keys.add(rows.shape().key(id(row.text(ID))));
    return keys;
  }

  /** The item of an id, by its hash: ids may be of any length. */
  private Row id(String id) {
    return rows.shape().row(IDS + ContentHash.of(id), ID_SORT);
  }

  @Override
  public void append(CallScope scope, ToolLogEntry entry) {
    scope.check(connection.aws().clock());
    Long expires = connection.expiry(connection.config().toolLogRetention());
    Row row =
        rows.shape()
            .row(
                Keys.of(entry.tool()),
                Moments.sortable(Moments.micros(entry.at())) + "#" + ContentHash.of(entry.id()))
            .with(ID, entry.id())
            .with(UserRows.USER, entry.user().value())
            .with(CORRELATION, entry.correlationId())
            .with(SUCCESS, entry.success())
            .with(TOOK, entry.took().toNanos());
    row = texts.with(scope, row, ARGUMENTS, entry.arguments(), entry.id(), expires);
    row = texts.with(scope, row, OUTCOME, entry.outcome(), entry.id(), expires);
    connection.transact(
        scope,
        rows.shape(),
        TransactWriteItemsEnhancedRequest.builder()
            .addPutItem(rows.table(), put(MessageRows.expiring(id(entry.id()), expires), isNew()))
            .addPutItem(rows.table(), put(MessageRows.expiring(row, expires), null))
            .build());
  }

  private static TransactPutItemEnhancedRequest<Row> put(Row row, @Nullable Expression condition) {
    return TransactPutItemEnhancedRequest.builder(Row.class)
        .item(row)
        .conditionExpression(condition)
        .build();
  }

  private Expression isNew() {
    return Conditions.of(
        "attribute_not_exists(#tool) OR #ttl <= :now",
        Map.of("#tool", rows.shape().partition(), "#ttl", TableShape.TTL),
        Map.of(":now", Row.number(connection.nowSeconds())));
  }

  @Override
  public Page<ToolLogEntry> page(CallScope scope, String tool, Cursor cursor) {
    QueryEnhancedRequest.Builder query =
        QueryEnhancedRequest.builder()
            .queryConditional(
                QueryConditional.keyEqualTo(Key.builder().partitionValue(Keys.of(tool)).build()))
            .filterExpression(Conditions.alive(connection.nowSeconds()))
            .consistentRead(true)
            .scanIndexForward(false)
            .limit(PAGE_ENTRIES);
    if (!cursor.equals(Cursor.START)) {
      query.exclusiveStartKey(rows.shape().row(Keys.of(tool), cursor.token()).values());
    }
    var page = rows.page(scope, query.build());
    Map<String, AttributeValue> last = page.lastEvaluatedKey();
    return new Page<>(
        page.items().stream().map(row -> read(scope, row)).toList(),
        last == null ? null : new Cursor(new Row(last).text(POSITION)));
  }

  private ToolLogEntry read(CallScope scope, Row row) {
    String position = row.text(POSITION);
    return new ToolLogEntry(
        row.text(ID),
        Keys.name(row.text(rows.shape().partition())),
        new UserId(row.text(UserRows.USER)),
        row.text(CORRELATION),
        Objects.requireNonNullElse(texts.read(scope, row, ARGUMENTS), ""),
        row.truth(SUCCESS),
        Objects.requireNonNullElse(texts.read(scope, row, OUTCOME), ""),
        Moments.known(Moments.micros(position.substring(0, position.indexOf('#')))),
        Duration.ofNanos(row.number(TOOK)));
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return users.count(scope, user);
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return users.delete(scope, user);
  }
}
