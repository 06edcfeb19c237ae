package io.kass.aws.dynamodb;

import static io.kass.aws.sdk.WireProxy.CUT;
import static io.kass.aws.sdk.WireProxy.LOSE_REPLY;
import static io.kass.aws.sdk.WireProxy.PASS;
import static io.kass.aws.sdk.WireProxy.STALL;
import static io.kass.aws.sdk.WireProxy.error;
import static io.kass.ports.TestScopes.scope;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.aws.sdk.SkewedServer;
import io.kass.aws.sdk.StandIn;
import io.kass.aws.sdk.WireProxy;
import io.kass.aws.sdk.WireProxy.Judge;
import io.kass.aws.sdk.WireProxy.Request;
import io.kass.aws.sdk.WireProxy.Verdict;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.ledger.Lease;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerEntry;
import io.kass.ports.tool.AgentState;
import io.kass.ports.tool.ToolLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network, the service and the account do to the stores, at the wire. */
@ExtendWith(StandIn.Extension.class)
class DynamoDbFaultsTest {
  private static final ConversationId TALK = new ConversationId("talk");
  private static final UserId ANN = new UserId("ann");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final CallScope scope = scope();
  private final List<WireProxy> proxies = new ArrayList<>();
  private TestTables tables;
  private StandIn standIn;

  @BeforeEach
  void open(StandIn server) {
    standIn = server;
    tables = new TestTables(server.endpoint());
  }

  @AfterEach
  void close() throws Exception {
    tables.close();
    proxies.forEach(WireProxy::close);
  }

  private DynamoDbConnection through(Judge judge) {
    return tables.connect(proxy(judge).endpoint(), InstantSource.system());
  }

  private WireProxy proxy(Judge judge) {
    var proxy = new WireProxy(standIn.endpoint(), judge);
    proxies.add(proxy);
    return proxy;
  }

  private DynamoDbConnection direct() {
    return tables.connection(InstantSource.system());
  }

  @Test
  void losesNoWriteThatWasDoneWhenItsReplyWasLost() {
    // Each first write of a kind is done, and nobody hears of it.
    Set<String> writes = Set.of("PutItem", "UpdateItem", "TransactWriteItems", "BatchWriteItem");
    direct();
    Judge judge =
        request ->
            writes.contains(request.operation()) && request.number() % 2 == 1 ? LOSE_REPLY : PASS;
    var log = new DynamoDbConversationLog(through(judge));
    log.append(scope, turn(1, NOON));
    log.append(scope, turn(2, NOON));
    log.append(scope, turn(2, NOON));
    assertThat(log.last(scope, TALK, 10))
        .extracting(Message::content)
        .containsExactly("question 1", "answer 1", "question 2", "answer 2");

    Ledger ledger = new DynamoDbLedger(through(judge));
    assertThat(ledger.compareAndSet(scope, "key", 0, "one", null)).isEqualTo(1);
    assertThat(ledger.compareAndSet(scope, "key", 1, "two", null)).isEqualTo(2);
    assertThat(ledger.compareAndSet(scope, "key", 1, "three", null)).isEqualTo(-1);
  }

  @Test
  void knowsItsOwnWriteUnderALease() {
    Ledger ledger = new DynamoDbLedger(through(losing("TransactWriteItems")));
    Lease lease = requireNonNull(ledger.lease(scope, "work", "a", Duration.ofMinutes(1)));
    assertThat(ledger.compareAndSet(scope, "key", 0, "one", lease)).isEqualTo(1);
    assertThat(ledger.get(scope, "key")).isEqualTo(new LedgerEntry("key", 1, "one"));
  }

  @Test
  void takesALeaseOnceWhenTheReplyWasLost() {
    // The first update asks whether the lease is held by this owner already, the second takes it.
    Ledger ledger =
        new DynamoDbLedger(
            through(request ->
                request.operation().equals("UpdateItem") && request.number() == 2
                    ? LOSE_REPLY
                    : PASS));
    Lease lease = requireNonNull(ledger.lease(scope, "work", "a", Duration.ofMinutes(1)));
    assertThat(lease.fence()).isEqualTo(1);
    assertThat(ledger.lease(scope, "work", "b", Duration.ofMinutes(1))).isNull();
  }

  @Test
  void countsOnceWhenTheReplyWasLost() {
    Instant expiry = InstantSource.system().instant().plusSeconds(600);
    Ledger ledger =
        new DynamoDbLedger(
            through(request ->
                (request.operation().equals("PutItem") && request.number() == 1)
                        || (request.operation().equals("UpdateItem") && request.number() == 2)
                    ? LOSE_REPLY
                    : PASS));
    assertThat(ledger.add(scope, "calls", 3, 10, expiry)).isEqualTo(3);
    assertThat(ledger.add(scope, "calls", 4, 10, expiry)).isEqualTo(7);
    assertThat(ledger.add(scope, "calls", 0, 10, expiry)).isEqualTo(7);
  }

  @Test
  void writesAStateOnceWhenTheReplyWasLost() {
    var states = new DynamoDbAgentStates(through(losing("PutItem")));
    AgentState state =
        new AgentState(
            "agent", "run", ANN, new Json.Obj(Map.of()), 1, Instant.parse("2100-01-01T00:00:00Z"));
    assertThat(states.compareAndSet(scope, state)).isTrue();
    assertThat(states.compareAndSet(scope, state)).isFalse();
    assertThat(states.get(scope, "agent", "run")).isEqualTo(state);
  }

  private static Judge losing(String operation) {
    return request ->
        request.operation().equals(operation) && request.number() == 1 ? LOSE_REPLY : PASS;
  }

  @Test
  void triesAgainWhenTheConnectionIsCut() {
    var log = new DynamoDbConversationLog(through(request -> request.number() == 1 ? CUT : PASS));
    log.append(scope, turn(1, NOON));
    assertThat(log.last(scope, TALK, 10)).hasSize(2);
  }

  @Test
  @Tag("C4")
  @Tag("F11")
  void writesAndReadsAllOfABatchThoughPartsOfItAreLeft() {
    List<Message> messages =
        IntStream.range(0, 60).mapToObj(i -> message("%02x".formatted(i), "text " + i)).toList();
    WireProxy proxy = proxy(DynamoDbFaultsTest::halfOfABatch);
    var log = new DynamoDbConversationLog(tables.connect(proxy.endpoint(), InstantSource.system()));
    log.put(scope, messages);
    assertThat(
            new DynamoDbConversationLog(direct()).scan(scope, KeyRange.ALL, Cursor.START).items())
        .isEqualTo(messages);
    assertThat(log.scan(scope, KeyRange.ALL, Cursor.START).items()).isEqualTo(messages);
    assertThat(proxy.operations().stream().filter("BatchWriteItem"::equals).count())
        .isGreaterThan(6);
    assertThat(new DynamoDbConversationLog(direct()).deleteUser(scope, ANN)).isEqualTo(60);
  }

  /** The service takes the first half of a batch and leaves the rest, as it may. */
  private static Verdict halfOfABatch(Request request) {
    return switch (request.operation()) {
      case "BatchWriteItem" -> half(request.body(), "UnprocessedItems");
      case "BatchGetItem" -> half(request.body(), "UnprocessedKeys");
      default -> PASS;
    };
  }

  private static Verdict half(String body, String left) {
    Json.Obj request = (Json.Obj) Json.parse(body);
    Json.Obj tables = (Json.Obj) requireNonNull(request.get("RequestItems"));
    String table = tables.members().keySet().iterator().next();
    Json asked = requireNonNull(tables.get(table));
    List<Json> items =
        asked instanceof Json.Array(List<Json> writes)
            ? writes
            : ((Json.Array) requireNonNull(((Json.Obj) asked).get("Keys"))).items();
    int half = (items.size() + 1) / 2;
    Json.Obj rest = new Json.Obj(Map.of(table, part(asked, items.subList(half, items.size()))));
    Json.Obj taken =
        new Json.Obj(
            Map.of(
                "RequestItems", new Json.Obj(Map.of(table, part(asked, items.subList(0, half))))));
    return new Verdict.Replace(
        taken.canonical(),
        answer -> {
          var members = new HashMap<>(((Json.Obj) Json.parse(answer)).members());
          if (half < items.size()) {
            members.put(left, rest);
          }
          return new Json.Obj(members).canonical();
        });
  }

  private static Json part(Json asked, List<Json> items) {
    if (asked instanceof Json.Obj(Map<String, Json> members)) {
      var some = new HashMap<>(members);
      some.put("Keys", new Json.Array(items));
      return new Json.Obj(some);
    }
    return new Json.Array(items);
  }

  @Test
  @Tag("C4")
  void writesAllInTheEndWhenThrottledAgainAndAgain() {
    var log =
        new DynamoDbConversationLog(
            through(request -> request.number() % 3 == 0 ? PASS : throttled()));
    for (int i = 0; i < 10; i++) {
      log.append(scope, turn(i, NOON.plusSeconds(i)));
    }
    log.put(scope, List.of(message("00", "one more")));
    assertThat(new DynamoDbConversationLog(direct()).last(scope, TALK, 100)).hasSize(21);
  }

  @Test
  @Tag("C4")
  void triesATransactionAgainThatAnotherOneDisturbed() {
    var log =
        new DynamoDbConversationLog(
            through(request ->
                request.operation().equals("TransactWriteItems") && request.number() < 3
                    ? new Verdict.Answer(
                        400,
                        Map.of(),
                        """
                        {"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                         "Message": "Transaction cancelled",
                         "CancellationReasons": [{"Code": "TransactionConflict"}, {"Code": "None"},
                           {"Code": "None"}, {"Code": "None"}, {"Code": "None"}, {"Code": "None"}]}
                        """)
                    : PASS));
    log.append(scope, turn(1, NOON));
    assertThat(log.last(scope, TALK, 10)).hasSize(2);
  }

  @Test
  void saysThatItIsThrottledWhenThatDoesNotEnd() {
    var log = new DynamoDbConversationLog(through(request -> throttled()));
    assertThatThrownBy(() -> log.append(scope, turn(1, NOON)))
        .isInstanceOf(Throttled.class)
        .hasMessageContaining("test-conversations");
  }

  private static Verdict throttled() {
    return error(400, "ProvisionedThroughputExceededException", "slow down");
  }

  @Test
  void endsWithItsDeadline() {
    Ledger ledger = new DynamoDbLedger(through(request -> STALL));
    CallScope short_ = TestScopes.scope(InstantSource.system(), Duration.ofMillis(500));
    assertThatThrownBy(() -> ledger.get(short_, "key")).isInstanceOf(Unavailable.class);
  }

  @Test
  void endsWhenItIsCalledOff() throws Exception {
    WireProxy proxy = proxy(request -> STALL);
    Ledger ledger = new DynamoDbLedger(tables.connect(proxy.endpoint(), InstantSource.system()));
    CallScope called = scope();
    Thread canceller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                proxy.awaitStall();
                called.cancellation().cancel();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> ledger.get(called, "key")).isInstanceOf(Cancelled.class);
    canceller.join();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, -60})
  void goesByTheServicesClockWhenItsOwnIsAnHourOff(int minutes) throws Exception {
    try (var server = new SkewedServer(Duration.ofMinutes(minutes))) {
      Ledger ledger =
          new DynamoDbLedger(tables.connect(server.endpoint(), InstantSource.system(), existing()));
      assertThat(ledger.get(scope, "key")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "InvalidSignatureException | Signature expired: 20260101T000000Z is now earlier | clock",
        "ExpiredTokenException | The security token included in the request is expired | expired",
        "UnrecognizedClientException | The security token is invalid | credentials",
        "AccessDeniedException | User: arn:aws:iam::1:user/x is not authorized to perform:"
            + " dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:1:table/t because no"
            + " policy allows it | dynamodb:GetItem",
        "AccessDeniedException | no | dynamodb:GetItem",
      })
  void saysWhatToDoWhenTheServiceRefuses(String code, String message, String told) {
    Ledger ledger = new DynamoDbLedger(existing(request -> error(400, code, message)));
    assertThatThrownBy(() -> ledger.get(scope, "key"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(told);
  }

  @Test
  void saysWhatToRunWhenATableIsMissing() {
    Ledger ledger = new DynamoDbLedger(existing(request -> PASS));
    assertThatThrownBy(() -> ledger.get(scope, "key"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("test-ledger")
        .hasMessageContaining("Terraform")
        .hasMessageContaining("AWS_REGION");
  }

  @Test
  void saysThatNothingAnswers() throws Exception {
    WireProxy gone = proxy(request -> PASS);
    gone.close();
    Ledger ledger = new DynamoDbLedger(tables.connect(gone.endpoint(), InstantSource.system()));
    assertThatThrownBy(() -> ledger.get(scope, "key"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("cannot be reached");
  }

  /** Through a proxy, to tables that somebody else has to make. */
  private DynamoDbConnection existing(Judge judge) {
    return tables.connect(proxy(judge).endpoint(), InstantSource.system(), existing());
  }

  private static DynamoDbConfig existing() {
    DynamoDbConfig c = TestTables.CONFIG;
    return new DynamoDbConfig(
        c.conversationsTable(),
        c.agentStateTable(),
        c.toolLogsTable(),
        c.cacheTable(),
        c.ledgerTable(),
        false,
        c.conversationRetention(),
        c.toolLogRetention());
  }

  @Test
  void appendsInOneRequestAndListsInOne() {
    WireProxy proxy = proxy(request -> PASS);
    var log = new DynamoDbConversationLog(tables.connect(proxy.endpoint(), InstantSource.system()));
    log.append(scope, turn(0, NOON));
    proxy.forget();
    for (int i = 1; i <= 12; i++) {
      for (int talk = 0; talk < 6; talk++) {
        log.append(scope, turn(i, NOON.plusSeconds(i), new ConversationId("talk " + talk)));
      }
    }
    assertThat(proxy.operations()).hasSize(72).containsOnly("TransactWriteItems");
    proxy.forget();
    assertThat(log.list(scope, ANN, 5)).hasSize(5);
    assertThat(proxy.operations()).containsExactly("Query");
  }

  static Turn turn(int number, Instant at) {
    return turn(number, at, TALK);
  }

  static Turn turn(int number, Instant at, ConversationId conversation) {
    return new Turn(
        "turn " + number,
        conversation,
        ANN,
        "question " + number,
        "answer " + number,
        at,
        Metadata.EMPTY);
  }

  private static Message message(String key, @Nullable String content) {
    return new Message(
        key, TALK, ANN, Role.USER, String.valueOf(content), NOON.minusSeconds(60), Metadata.EMPTY);
  }

  static ToolLogEntry call(String id, String arguments) {
    return new ToolLogEntry(
        id, "search", ANN, "turn", arguments, true, "ok", NOON, Duration.ofMillis(5));
  }
}
