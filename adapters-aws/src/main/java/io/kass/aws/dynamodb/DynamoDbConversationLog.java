package io.kass.aws.dynamodb;

import static io.kass.aws.dynamodb.MessageRows.CONVERSATION;
import static io.kass.aws.dynamodb.MessageRows.END;
import static io.kass.aws.dynamodb.MessageRows.LAST;
import static io.kass.aws.dynamodb.MessageRows.LAST_ACTIVITY;
import static io.kass.aws.dynamodb.MessageRows.POSITION;
import static io.kass.aws.dynamodb.MessageRows.USER;
import static io.kass.aws.dynamodb.MessageRows.partition;
import static io.kass.aws.dynamodb.TableShape.TTL;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.WriteOutcome;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.ConversationSummary;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactUpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Conversations, an item a message; see {@link MessageRows} for the items beside them. */
final class DynamoDbConversationLog implements ConversationLog {
  private static final int PAGE_MESSAGES = 200;

  private static final String DIGITS = "0123456789abcdef";

  private final DynamoDbConnection connection;
  private final Rows rows;
  private final MessageRows items;

  DynamoDbConversationLog(DynamoDbConnection connection) {
    this.connection = connection;
    rows = connection.rows(TableShape.conversations(connection.config()));
    items = new MessageRows(rows.shape(), new LongTexts(rows));
  }

  @Override
  public void append(CallScope scope, Turn turn) {
    scope.check(connection.aws().clock());
    Long expires = expiry();
    // Parts of long texts come first; who reads a message of the transaction finds them.
    List<Row> pair =
        turn.messages().stream().map(message -> items.message(scope, message, expires)).toList();
    long at = Moments.micros(turn.messages().getFirst().at());
    while (true) {
      List<CancellationReason> reasons =
          connection.transact(scope, rows.shape(), turn(turn, pair, at, expires));
      if (reasons.isEmpty() || isThereAlready(reasons)) {
        return;
      }
      at = Math.max(at, new Row(reasons.getFirst().item()).number(LAST) + 1);
    }
  }

  /** The head, then the keys of both messages: the actions that have a condition. */
  private static boolean isThereAlready(List<CancellationReason> reasons) {
    return DynamoDbConnection.isRefused(reasons.get(1));
  }

  private TransactWriteItemsEnhancedRequest turn(
      Turn turn, List<Row> pair, long at, @Nullable Long expires) {
    TransactWriteItemsEnhancedRequest.Builder request =
        TransactWriteItemsEnhancedRequest.builder()
            .addUpdateItem(
                rows.table(),
                update(
                    MessageRows.expiring(items.head(turn.conversation()).with(LAST, at), expires),
                    isLater(LAST, at)));
    for (Message message : turn.messages()) {
      request.addPutItem(
          rows.table(), put(items.key(message.at(Moments.known(at)), expires), isFree()));
    }
    pair.forEach(row -> request.addPutItem(rows.table(), put(items.at(row, at), null)));
    return request
        .addUpdateItem(
            rows.table(), update(member(turn.user(), turn.conversation(), at, expires), null))
        .build();
  }

  private Row member(UserId user, ConversationId id, long at, @Nullable Long expires) {
    return MessageRows.expiring(
        items
            .member(user, id)
            .with(CONVERSATION, id.value())
            .with(USER, user.value())
            .with(LAST_ACTIVITY, at),
        expires);
  }

  /** No message of this key is there, but for one that has expired. */
  private Expression isFree() {
    return Conditions.of(
        "attribute_not_exists(#place) OR #ttl <= :now",
        Map.of("#place", MessageRows.PLACE, "#ttl", TTL),
        Map.of(":now", Row.number(connection.nowSeconds())));
  }

  private static Expression isLater(String attribute, long at) {
    return Conditions.of(
        "attribute_not_exists(#moment) OR #moment < :at",
        Map.of("#moment", attribute),
        Map.of(":at", Row.number(at)));
  }

  private static TransactPutItemEnhancedRequest<Row> put(Row row, @Nullable Expression condition) {
    return TransactPutItemEnhancedRequest.builder(Row.class)
        .item(row)
        .conditionExpression(condition)
        .build();
  }

  private static TransactUpdateItemEnhancedRequest<Row> update(
      Row row, @Nullable Expression condition) {
    return TransactUpdateItemEnhancedRequest.builder(Row.class)
        .item(row)
        .conditionExpression(condition)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  @Override
  public List<Message> last(CallScope scope, ConversationId id, int limit) {
    var found = new ArrayList<Row>();
    Map<String, AttributeValue> after = null;
    do {
      var page =
          rows.page(
              scope,
              messages(QueryConditional.sortLessThan(rows.shape().key(partition(id), END)), after)
                  .scanIndexForward(false)
                  .limit(limit - found.size())
                  .build());
      found.addAll(page.items());
      after = page.lastEvaluatedKey();
    } while (after != null && found.size() < limit);
    return found.reversed().stream().map(row -> items.read(scope, row)).toList();
  }

  @Override
  public Page<Message> page(CallScope scope, ConversationId id, Cursor cursor) {
    // The least text after a position: none goes on with a character before '#'.
    String from = cursor.equals(Cursor.START) ? "0" : cursor.token() + "!";
    var page =
        rows.page(
            scope,
            messages(
                    QueryConditional.sortBetween(
                        rows.shape().key(partition(id), from),
                        rows.shape().key(partition(id), END)),
                    null)
                .limit(PAGE_MESSAGES)
                .build());
    Map<String, AttributeValue> last = page.lastEvaluatedKey();
    return new Page<>(
        page.items().stream().map(row -> items.read(scope, row)).toList(),
        last == null ? null : new Cursor(new Row(last).text(POSITION)));
  }

  private QueryEnhancedRequest.Builder messages(
      QueryConditional condition, @Nullable Map<String, AttributeValue> after) {
    return QueryEnhancedRequest.builder()
        .queryConditional(condition)
        .filterExpression(Conditions.alive(connection.nowSeconds()))
        .exclusiveStartKey(after)
        .consistentRead(true);
  }

  @Override
  public List<ConversationSummary> list(CallScope scope, UserId user, int limit) {
    var found = new ArrayList<ConversationSummary>();
    Map<String, AttributeValue> after = null;
    do {
      var page =
          rows.indexPage(
              scope,
              QueryEnhancedRequest.builder()
                  .queryConditional(
                      QueryConditional.keyEqualTo(
                          Key.builder().partitionValue(user.value()).build()))
                  .filterExpression(Conditions.alive(connection.nowSeconds()))
                  .exclusiveStartKey(after)
                  .scanIndexForward(false)
                  .limit(limit - found.size())
                  .build());
      page.items()
          .forEach(row ->
              found.add(
                  new ConversationSummary(
                      new ConversationId(row.text(CONVERSATION)),
                      Moments.instant(row.number(LAST_ACTIVITY)))));
      after = page.lastEvaluatedKey();
    } while (after != null && found.size() < limit);
    return found;
  }

  @Override
  public boolean delete(CallScope scope, ConversationId id) {
    var keys = new ArrayList<Key>();
    var members = new HashSet<Key>();
    rows.each(
        scope,
        whole(partition(id), null),
        page ->
            page.forEach(row -> {
              if (row.text(POSITION).equals(MessageRows.HEAD)) {
                members.add(rows.shape().key(row));
              } else {
                keys.addAll(items.keys(row));
                UserId user = new UserId(row.text(USER));
                members.add(rows.shape().key(items.member(user, id)));
              }
            }));
    rows.deleteAll(scope, keys);
    // Last, so that a deletion that was broken off is found again by its user's list.
    rows.deleteAll(scope, List.copyOf(members));
    return !keys.isEmpty();
  }

  private static QueryEnhancedRequest whole(String partitionValue, @Nullable Expression filter) {
    return QueryEnhancedRequest.builder()
        .queryConditional(
            QueryConditional.keyEqualTo(Key.builder().partitionValue(partitionValue).build()))
        .filterExpression(filter)
        .consistentRead(true)
        .build();
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    long[] count = {0};
    for (ConversationId id : conversations(scope, user)) {
      rows.each(scope, whole(partition(id), of(user)), page -> count[0] += page.size());
    }
    return count[0];
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    long count = 0;
    for (ConversationId id : conversations(scope, user)) {
      var keys = new ArrayList<Key>();
      long[] messages = {0};
      rows.each(
          scope,
          whole(partition(id), of(user)),
          page ->
              page.forEach(row -> {
                keys.addAll(items.keys(row));
                messages[0]++;
              }));
      rows.deleteAll(scope, keys);
      if (last(scope, id, 1).isEmpty()) {
        rows.deleteAll(scope, List.of(rows.shape().key(items.head(id))));
      }
      rows.deleteAll(scope, List.of(rows.shape().key(items.member(user, id))));
      count += messages[0];
    }
    return count;
  }

  private List<ConversationId> conversations(CallScope scope, UserId user) {
    var ids = new ArrayList<ConversationId>();
    rows.each(
        scope,
        whole(partition(user), null),
        page -> page.forEach(row -> ids.add(new ConversationId(row.text(CONVERSATION)))));
    return ids;
  }

  /** Holds for the messages of a user. */
  private static Expression of(UserId user) {
    return Conditions.of(
        "#user = :user",
        Map.of("#user", USER),
        Map.of(":user", AttributeValue.fromS(user.value())));
  }

  @Override
  public List<WriteOutcome> put(CallScope scope, List<Message> messages) {
    scope.check(connection.aws().clock());
    var fresh = new LinkedHashMap<String, Message>();
    messages.forEach(message -> fresh.putIfAbsent(message.key(), message));
    fresh.keySet().removeAll(known(scope, fresh.keySet()));
    Long expires = expiry();
    raise(scope, fresh.values(), expires);
    rows.putAll(
        scope,
        fresh.values().stream().map(message -> items.message(scope, message, expires)).toList());
    // A key says that its message is there, so it comes after it.
    rows.putAll(
        scope, fresh.values().stream().map(message -> items.key(message, expires)).toList());
    return messages.stream()
        .map(message -> (WriteOutcome) new WriteOutcome.Done(message.key()))
        .toList();
  }

  /** Those of these keys whose messages are there. */
  private Set<String> known(CallScope scope, Collection<String> keys) {
    var known = new HashSet<String>();
    rows.getAll(scope, keys.stream().map(items::keyItem).toList()).stream()
        .filter(this::isAlive)
        .forEach(row -> known.add(row.text(POSITION)));
    return known;
  }

  private boolean isAlive(Row row) {
    return row.numberOr(TTL, Long.MAX_VALUE) > connection.nowSeconds();
  }

  /** Before messages come, their conversations' last moments are at least theirs. */
  private void raise(CallScope scope, Collection<Message> messages, @Nullable Long expires) {
    var heads = new HashMap<Row, Long>();
    var members = new HashMap<Row, Long>();
    for (Message message : messages) {
      long at = Moments.micros(message.at());
      heads.merge(items.head(message.conversation()), at, Math::max);
      Row member =
          items
              .member(message.user(), message.conversation())
              .with(CONVERSATION, message.conversation().value())
              .with(USER, message.user().value());
      members.merge(member, at, Math::max);
    }
    heads.forEach((row, at) -> raise(scope, row, LAST, at, expires));
    members.forEach((row, at) -> raise(scope, row, LAST_ACTIVITY, at, expires));
  }

  private void raise(CallScope scope, Row row, String attribute, long at, @Nullable Long expires) {
    Row raised = MessageRows.expiring(row.with(attribute, at), expires);
    if (rows.set(scope, raised, isLater(attribute, at)) instanceof Outcome.Refused
        && expires != null) {
      rows.set(scope, MessageRows.expiring(rows.shape().bare(row), expires), null);
    }
  }

  @Override
  public Page<Message> scan(CallScope scope, KeyRange range, Cursor cursor) {
    String from = cursor.equals(Cursor.START) ? range.from() : cursor.token() + "!";
    var keys = new ArrayList<Row>();
    for (int i = 0; i < DIGITS.length(); i++) {
      char digit = DIGITS.charAt(i);
      String lower = later(from, String.valueOf(digit));
      String upper = range.to() == null ? digit + END : earlier(range.to(), digit + END);
      if (lower.compareTo(upper) < 0) {
        var page =
            rows.page(
                scope,
                messages(
                        QueryConditional.sortBetween(
                            rows.shape().key(partition(digit), lower),
                            rows.shape().key(partition(digit), upper)),
                        null)
                    .limit(PAGE_MESSAGES - keys.size())
                    .build());
        page.items().stream().filter(row -> range.contains(row.text(POSITION))).forEach(keys::add);
        if (page.lastEvaluatedKey() != null) {
          String last = new Row(page.lastEvaluatedKey()).text(POSITION);
          return new Page<>(messages(scope, keys), new Cursor(last));
        } else if (keys.size() >= PAGE_MESSAGES) {
          return new Page<>(messages(scope, keys), new Cursor(keys.getLast().text(POSITION)));
        }
      }
    }
    return new Page<>(messages(scope, keys), null);
  }

  private static String later(String a, String b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static String earlier(String a, String b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** The messages that keys lead to; one that went away meanwhile is missing. */
  private List<Message> messages(CallScope scope, List<Row> keys) {
    List<Key> places = keys.stream().map(items::place).toList();
    Map<Key, Row> found = new HashMap<>();
    rows.getAll(scope, places).forEach(row -> found.put(rows.shape().key(row), row));
    Function<Row, Message> read = row -> items.read(scope, row);
    return places.stream()
        .map(found::get)
        .filter(row -> row != null && isAlive(row))
        .map(read)
        .toList();
  }

  private @Nullable Long expiry() {
    return connection.expiry(connection.config().conversationRetention());
  }
}
