package io.kass.aws.dynamodb;

import static java.util.Objects.requireNonNull;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.ledger.Counter;
import io.kass.ports.ledger.Lease;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactDeleteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The ledger: one partition of entries, one of leases and one of counters, each in key order. */
final class DynamoDbLedger implements Ledger {
  private static final String ENTRIES = "entry";
  private static final String LEASES = "lease";
  private static final String COUNTERS = "counter";

  private static final String NAME = "name";
  private static final String REVISION = "revision";
  private static final String VALUE = "value";

  /** Tells one's own write by its random mark, when its reply was lost and it is sent again. */
  private static final String MARK = "mark";

  private static final String OWNER = "owner";
  private static final String FENCE = "fence";
  private static final String EXPIRES = "expires";

  private static final String COUNT = "SET #value = #value + :amount, #mark = :mark";

  private static final int PAGE_ENTRIES = 1000;

  private final DynamoDbConnection connection;
  private final Rows rows;

  DynamoDbLedger(DynamoDbConnection connection) {
    this.connection = connection;
    rows = connection.rows(TableShape.ledger(connection.config()));
  }

  @Override
  public @Nullable LedgerEntry get(CallScope scope, String key) {
    LedgerEntry.requireKey(key);
    Row row = rows.get(scope, rows.shape().key(ENTRIES, key));
    return row == null ? null : entry(row);
  }

  @Override
  public long compareAndSet(
      CallScope scope, String key, long revision, @Nullable String value, @Nullable Lease fence) {
    LedgerEntry.requireKey(key);
    if (value != null) {
      LedgerEntry.requireValue(value);
    }
    String mark = connection.aws().mark();
    Row entry = rows.shape().row(ENTRIES, key);
    if (value != null) {
      entry = entry.with(REVISION, revision + 1).with(VALUE, value).with(MARK, mark);
    }
    Outcome outcome =
        fence == null ? write(scope, entry, revision) : writeUnder(scope, fence, entry, revision);
    return switch (outcome) {
      case Outcome.Done(Row row) -> value == null ? 0 : revision + 1;
      case Outcome.Refused(Row stored) when stored != null && isMarked(stored, mark) ->
          revision + 1;
      case Outcome.Refused(Row stored) -> -1;
    };
  }

  private Outcome write(CallScope scope, Row entry, long revision) {
    return entry.has(VALUE)
        ? rows.put(scope, entry, isAt(revision))
        : rows.delete(scope, rows.shape().key(entry), isAt(revision));
  }

  private Outcome writeUnder(CallScope scope, Lease fence, Row entry, long revision) {
    LedgerEntry.requireKey(fence.name());
    TransactWriteItemsEnhancedRequest.Builder request =
        TransactWriteItemsEnhancedRequest.builder()
            .addConditionCheck(
                rows.table(),
                ConditionCheck.builder()
                    .key(rows.shape().key(LEASES, fence.name()))
                    .conditionExpression(isFencedBy(fence))
                    .build());
    if (entry.has(VALUE)) {
      request.addPutItem(
          rows.table(),
          TransactPutItemEnhancedRequest.builder(Row.class)
              .item(entry)
              .conditionExpression(isAt(revision))
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
              .build());
    } else {
      request.addDeleteItem(
          rows.table(),
          TransactDeleteItemEnhancedRequest.builder()
              .key(rows.shape().key(entry))
              .conditionExpression(isAt(revision))
              .build());
    }
    List<CancellationReason> reasons = connection.transact(scope, rows.shape(), request.build());
    if (reasons.isEmpty()) {
      return new Outcome.Done(null);
    }
    Row stored = reasons.get(1).hasItem() ? new Row(reasons.get(1).item()) : null;
    boolean own = stored != null && entry.has(MARK) && isMarked(stored, entry.text(MARK));
    if (DynamoDbConnection.isRefused(reasons.getFirst()) && !own) {
      throw new Rejected(
          "The lease '"
              + fence.name()
              + "' was taken over by another worker; this one must not go on.");
    }
    return new Outcome.Refused(stored);
  }

  private static Expression isAt(long revision) {
    return revision == 0
        ? Conditions.of("attribute_not_exists(#revision)", Map.of("#revision", REVISION), Map.of())
        : Conditions.of(
            "#revision = :revision",
            Map.of("#revision", REVISION),
            Map.of(":revision", Row.number(revision)));
  }

  private static Expression isFencedBy(Lease lease) {
    return Conditions.of(
        "#fence = :fence", Map.of("#fence", FENCE), Map.of(":fence", Row.number(lease.fence())));
  }

  @Override
  public Page<LedgerEntry> list(CallScope scope, String prefix, Cursor cursor) {
    return page(scope, ENTRIES, prefix, cursor, DynamoDbLedger::entry);
  }

  private <T> Page<T> page(
      CallScope scope, String partition, String prefix, Cursor cursor, Function<Row, T> read) {
    Key whole = Key.builder().partitionValue(partition).build();
    QueryEnhancedRequest.Builder query =
        QueryEnhancedRequest.builder()
            .queryConditional(
                prefix.isEmpty()
                    ? QueryConditional.keyEqualTo(whole)
                    : QueryConditional.sortBeginsWith(rows.shape().key(partition, prefix)))
            .consistentRead(true)
            .limit(PAGE_ENTRIES);
    if (!cursor.equals(Cursor.START)) {
      query.exclusiveStartKey(rows.shape().row(partition, cursor.token()).values());
    }
    var page = rows.page(scope, query.build());
    Map<String, AttributeValue> last = page.lastEvaluatedKey();
    return new Page<>(
        page.items().stream().map(read).toList(),
        last == null ? null : new Cursor(new Row(last).text(NAME)));
  }

  @Override
  public @Nullable Lease lease(CallScope scope, String name, String owner, Duration validity) {
    LedgerEntry.requireKey(name);
    if (!validity.isPositive()) {
      throw new InvalidRequest("A lease holds for more than no time.");
    }
    Instant now = connection.now();
    long expires = Moments.micros(now.plus(validity));
    Row key = rows.shape().row(LEASES, name);
    Outcome renewed = rows.set(scope, key.with(EXPIRES, expires), isOwnedBy(owner));
    return switch (renewed) {
      case Outcome.Done(Row held) -> lease(requireNonNull(held, "an update answers with its item"));
      case Outcome.Refused(Row held) when held != null && isHeld(held, now) -> null;
      case Outcome.Refused(Row free) -> take(scope, key, owner, now, expires);
    };
  }

  private static boolean isHeld(Row row, Instant now) {
    return row.has(OWNER) && row.number(EXPIRES) > Moments.micros(now);
  }

  private @Nullable Lease take(CallScope scope, Row key, String owner, Instant now, long expires) {
    Expression free =
        Conditions.of(
            "attribute_not_exists(#owner) OR #expires <= :now",
            Map.of("#owner", OWNER, "#expires", EXPIRES, "#fence", FENCE),
            Map.of(
                ":now", Row.number(Moments.micros(now)),
                ":owner", AttributeValue.fromS(owner),
                ":expires", Row.number(expires),
                ":none", Row.number(0),
                ":one", Row.number(1)));
    Outcome taken =
        rows.update(
            scope,
            key,
            "SET #owner = :owner, #expires = :expires,"
                + " #fence = if_not_exists(#fence, :none) + :one",
            free);
    Row held =
        switch (taken) {
          case Outcome.Done(Row row) -> row;
          case Outcome.Refused(Row row) -> row;
        };
    // Refused to its own owner when the reply was lost and the SDK asked again.
    return held != null && owner.equals(held.textOrNull(OWNER)) ? lease(held) : null;
  }

  private static Expression isOwnedBy(String owner) {
    return Conditions.of(
        "#owner = :owner", Map.of("#owner", OWNER), Map.of(":owner", AttributeValue.fromS(owner)));
  }

  private static Lease lease(Row row) {
    return new Lease(
        row.text(NAME), row.text(OWNER), row.number(FENCE), Moments.known(row.number(EXPIRES)));
  }

  @Override
  public void release(CallScope scope, Lease lease) {
    LedgerEntry.requireKey(lease.name());
    rows.update(
        scope,
        rows.shape().row(LEASES, lease.name()),
        "REMOVE #owner",
        Conditions.of(
            "#fence = :fence",
            Map.of("#fence", FENCE, "#owner", OWNER),
            Map.of(":fence", Row.number(lease.fence()))));
  }

  @Override
  public long add(CallScope scope, String counter, long amount, long limit, Instant expiry) {
    LedgerEntry.requireKey(counter);
    if (amount < 0) {
      throw new InvalidRequest("A counter only counts up.");
    }
    String mark = connection.aws().mark();
    Row key = rows.shape().row(COUNTERS, counter);
    while (true) {
      Outcome counted = rows.update(scope, key, COUNT, mayCount(amount, limit, mark));
      switch (counted) {
        case Outcome.Done(Row row) -> {
          return requireNonNull(row, "an update answers with its item").number(VALUE);
        }
        case Outcome.Refused(Row stored) when stored != null && isMarked(stored, mark) -> {
          return stored.number(VALUE);
        }
        case Outcome.Refused(Row stored) when amount > limit || isCounting(stored) -> {
          return -1;
        }
        case Outcome.Refused(Row stored) -> {
          if (begin(scope, key, amount, expiry, mark)) {
            return amount;
          }
          // Another began it meanwhile: count with them.
        }
      }
    }
  }

  private static boolean isMarked(Row stored, String mark) {
    return mark.equals(stored.textOrNull(MARK));
  }

  private boolean isCounting(@Nullable Row counter) {
    return counter != null && counter.number(EXPIRES) > Moments.micros(connection.now());
  }

  private boolean begin(CallScope scope, Row key, long amount, Instant expiry, String mark) {
    Row first =
        key.with(VALUE, amount)
            .with(EXPIRES, Moments.micros(expiry))
            .with(TableShape.TTL, DynamoDbConnection.seconds(expiry))
            .with(MARK, mark);
    return switch (rows.put(scope, first, isVoid())) {
      case Outcome.Done(Row old) -> true;
      case Outcome.Refused(Row stored) -> stored != null && isMarked(stored, mark);
    };
  }

  private Expression mayCount(long amount, long limit, String mark) {
    return Conditions.of(
        "#expires > :now AND #value <= :most AND #mark <> :mark",
        Map.of("#expires", EXPIRES, "#value", VALUE, "#mark", MARK),
        Map.of(
            ":now", Row.number(Moments.micros(connection.now())),
            ":most", Row.number(limit - amount),
            ":amount", Row.number(amount),
            ":mark", AttributeValue.fromS(mark)));
  }

  private Expression isVoid() {
    return Conditions.of(
        "attribute_not_exists(#expires) OR #expires <= :now",
        Map.of("#expires", EXPIRES),
        Map.of(":now", Row.number(Moments.micros(connection.now()))));
  }

  @Override
  public Page<Counter> counters(CallScope scope, String prefix, Cursor cursor) {
    return page(
        scope,
        COUNTERS,
        prefix,
        cursor,
        row -> new Counter(row.text(NAME), row.number(VALUE), Moments.known(row.number(EXPIRES))));
  }

  @Override
  public boolean deleteCounter(CallScope scope, String counter) {
    LedgerEntry.requireKey(counter);
    return rows.delete(scope, rows.shape().key(COUNTERS, counter), null)
            instanceof Outcome.Done(Row row)
        && row != null;
  }

  private static LedgerEntry entry(Row row) {
    return new LedgerEntry(row.text(NAME), row.number(REVISION), row.text(VALUE));
  }
}
