package io.kass.aws.dynamodb;

import static io.kass.aws.dynamodb.DynamoDbFaultsTest.call;
import static io.kass.aws.dynamodb.DynamoDbFaultsTest.turn;
import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.aws.sdk.StandIn;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Metadata;
import io.kass.ports.TestClock;
import io.kass.ports.UserId;
import io.kass.ports.cache.CachedAnswer;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.tool.AgentState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** What the tables hold beside what the contracts see. */
@ExtendWith(StandIn.Extension.class)
class DynamoDbItemsTest {
  private static final UserId ANN = new UserId("ann");

  private final CallScope scope = scope();
  private final TestClock clock = new TestClock();
  private TestTables tables;

  @BeforeEach
  void open(StandIn standIn) {
    tables = new TestTables(standIn.endpoint());
  }

  @AfterEach
  void close() throws Exception {
    tables.close();
  }

  private DynamoDbConversationLog log() {
    return new DynamoDbConversationLog(tables.connection(clock));
  }

  /** How many items a table has, in all. */
  private int items(String table) {
    return tables
        .connection(clock)
        .client()
        .scan(ScanRequest.builder().tableName(table).build())
        .count();
  }

  @Test
  @Tag("F11")
  void keepsWhatIsLongerThanAnItemWhole() {
    String question = "\uD83D\uDE00 \u65E5\u672C".repeat(100_000);
    String answer = "x".repeat(1_500_000);
    Metadata metadata = Metadata.of(Map.of("sources", Json.of("y".repeat(500_000))));
    Turn turn =
        new Turn(
            "long", new ConversationId("talk"), ANN, question, answer, clock.instant(), metadata);
    log().append(scope, turn);
    log().append(scope, turn);
    assertThat(log().last(scope, turn.conversation(), 2)).isEqualTo(turn.messages());
    List<Message> scanned = log().scan(scope, KeyRange.ALL, Cursor.START).items();
    assertThat(scanned).isEqualTo(turn.messages());
    assertThat(log().deleteUser(scope, ANN)).isEqualTo(2);
    assertThat(items("test-conversations")).isZero();
  }

  @Test
  @Tag("F11")
  void keepsLongAnswersStatesAndCallsWhole() {
    Json.Obj large = new Json.Obj(Map.of("text", Json.of("z".repeat(900_000))));
    Json.Obj small = new Json.Obj(Map.of("text", Json.of("z")));
    var cache = new DynamoDbAnswerCache(tables.connection(clock));
    var expires = clock.instant().plusSeconds(60);
    cache.put(scope, new CachedAnswer("key", ANN, large, expires));
    assertThat(cache.get(scope, "key")).isEqualTo(new CachedAnswer("key", ANN, large, expires));
    cache.put(scope, new CachedAnswer("key", ANN, small, expires));
    assertThat(items("test-cache")).isEqualTo(1);

    var states = new DynamoDbAgentStates(tables.connection(clock));
    AgentState first = new AgentState("agent", "run", ANN, large, 1, expires);
    assertThat(states.compareAndSet(scope, first)).isTrue();
    assertThat(states.compareAndSet(scope, first)).isFalse();
    assertThat(states.get(scope, "agent", "run")).isEqualTo(first);
    assertThat(states.compareAndSet(scope, new AgentState("agent", "run", ANN, large, 2, expires)))
        .isTrue();
    assertThat(states.delete(scope, "agent", "run")).isTrue();
    assertThat(items("test-agent-state")).isZero();

    var calls = new DynamoDbToolLog(tables.connection(clock));
    calls.append(scope, call("id", "a".repeat(700_000)));
    assertThat(calls.page(scope, "search", Cursor.START).items())
        .containsExactly(call("id", "a".repeat(700_000)));
    assertThat(calls.deleteUser(scope, ANN)).isEqualTo(1);
    assertThat(items("test-tool-logs")).isZero();
  }

  @Test
  @Tag("F12")
  @Tag("C3")
  void showsNothingThatHasExpiredThoughItIsStillThere() {
    Turn turn = turn(1, clock.instant());
    log().append(scope, turn);
    clock.advance(Duration.ofDays(20));
    log().append(scope, turn(2, clock.instant()));
    clock.advance(Duration.ofDays(10));
    int there = items("test-conversations");
    assertThat(log().last(scope, turn.conversation(), 10))
        .extracting(Message::content)
        .containsExactly("question 2", "answer 2");
    assertThat(log().page(scope, turn.conversation(), Cursor.START).items()).hasSize(2);
    assertThat(log().scan(scope, KeyRange.ALL, Cursor.START).items()).hasSize(2);
    assertThat(log().list(scope, ANN, 10)).hasSize(1);
    clock.advance(Duration.ofDays(20));
    assertThat(log().last(scope, turn.conversation(), 10)).isEmpty();
    assertThat(log().list(scope, ANN, 10)).isEmpty();
    assertThat(log().scan(scope, KeyRange.ALL, Cursor.START).items()).isEmpty();
    assertThat(items("test-conversations")).isEqualTo(there);
    log().append(scope, turn);
    assertThat(log().last(scope, turn.conversation(), 10)).hasSize(2);
    assertThat(log().deleteUser(scope, ANN)).isGreaterThanOrEqualTo(2);
    assertThat(items("test-conversations")).isZero();
  }

  @Test
  void leavesNothingOfADeletedConversation() {
    log().append(scope, turn(1, clock.instant()));
    log().append(scope, turn(2, clock.instant()));
    assertThat(log().delete(scope, new ConversationId("talk"))).isTrue();
    assertThat(items("test-conversations")).isZero();
  }

  @Test
  void keepsNamesFromOutsideApartFromItsOwnItems() {
    for (String name : List.of("#", "#k#a", "#u#ann", "##", "#p#0")) {
      var id = new ConversationId(name);
      log().append(scope, turn(1, clock.instant(), id));
      assertThat(log().last(scope, id, 10)).allMatch(message -> message.conversation().equals(id));
    }
    assertThat(log().scan(scope, KeyRange.ALL, Cursor.START).items()).hasSize(10);
    assertThat(log().list(scope, ANN, 10)).hasSize(5);
  }

  @Test
  void refusesANameThatIsLongerThanAKey() {
    var states = new DynamoDbAgentStates(tables.connection(clock));
    assertThatThrownBy(() -> states.get(scope, "x".repeat(1024), "run"))
        .isInstanceOf(InvalidRequest.class);
    assertThat(states.get(scope, "x".repeat(1023), "run")).isNull();
    assertThat(states.get(scope, "", "")).isNull();
  }

  @Test
  void readsMomentsBackInTheirOrder() {
    for (long micros : new long[] {Moments.UNKNOWN, -1, 0, 1, Long.MAX_VALUE}) {
      assertThat(Moments.micros(Moments.sortable(micros))).isEqualTo(micros);
    }
    assertThat(Moments.sortable(-1)).isLessThan(Moments.sortable(0));
    assertThat(Moments.sortable(Moments.UNKNOWN)).isEqualTo("0".repeat(16));
  }
}
