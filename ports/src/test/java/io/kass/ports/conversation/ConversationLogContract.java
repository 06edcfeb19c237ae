package io.kass.ports.conversation;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Metadata;
import io.kass.ports.Page;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.UserId;
import io.kass.ports.WriteOutcome;
import io.kass.ports.error.KassException.Cancelled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every conversation log does. */
public abstract class ConversationLogContract {
  private static final ConversationId TALK = new ConversationId("talk");
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final CallScope scope = scope();

  /** A log over this test's storage; each call stands for another process with the same one. */
  protected abstract ConversationLog open();

  @Test
  void knowsNothingAtFirst() {
    assertThat(open().last(scope, TALK, 10)).isEmpty();
    assertThat(open().page(scope, TALK, Cursor.START)).isEqualTo(new Page<>(List.of(), null));
    assertThat(open().list(scope, ANN, 10)).isEmpty();
    assertThat(open().delete(scope, TALK)).isFalse();
    assertThat(open().deleteUser(scope, ANN)).isZero();
    assertThat(scan(KeyRange.ALL)).isEmpty();
  }

  @Test
  void keepsATurnWhole() {
    Turn turn =
        new Turn(
            "turn 1",
            TALK,
            ANN,
            "What is it? \uD83D\uDE00 \u65E5\u672C",
            "It is\n\n\"this\"; DROP TABLE message; --.",
            NOON,
            Metadata.of(
                Map.of(
                    "sources", Json.ofTexts(List.of("a", "b")),
                    "nothing", new Json.Null(),
                    "whole", Json.of(1),
                    "real", Json.of(1.0),
                    "nested", new Json.Obj(Map.of("x", Json.of(true))))));
    open().append(scope, turn);
    assertThat(open().last(scope, TALK, 10)).isEqualTo(turn.messages());
    assertThat(turn.messages())
        .extracting(Message::role)
        .containsExactly(Role.USER, Role.ASSISTANT);
  }

  @Test
  void keepsATurnOnceHoweverOftenItIsAppended() {
    Turn turn = turn(1, NOON);
    open().append(scope, turn);
    open().append(scope, turn(2, NOON.plusSeconds(1)));
    open().append(scope, turn);
    open().append(scope, turn);
    assertThat(questions(all(TALK))).containsExactly("question 1", "question 2");
  }

  @Test
  void keepsTheOrderOfAppendingWhateverTheClockSays() {
    List<Instant> clock =
        List.of(NOON, NOON, NOON, NOON.minusSeconds(3600), NOON.plusSeconds(1), NOON);
    for (int i = 0; i < clock.size(); i++) {
      open().append(scope, turn(i, clock.get(i)));
    }
    assertThat(questions(all(TALK)))
        .containsExactlyElementsOf(IntStream.range(0, 6).mapToObj(i -> "question " + i).toList());
    assertThat(all(TALK).stream().map(Message::at))
        .startsWith(NOON, NOON)
        .isSortedAccordingTo(Comparator.comparing(at -> at == null ? Instant.MIN : at));
    assertPairs(all(TALK));
  }

  @Test
  void dropsWhatIsFinerThanAMicrosecond() {
    open().append(scope, turn(1, NOON.plusNanos(789)));
    assertThat(all(TALK)).extracting(Message::at).containsExactly(NOON, NOON);
  }

  @Test
  @Tag("C1")
  void keepsBothOfTwoTurnsAtOnce() {
    int threads = 4;
    int turns = 25;
    TestThreads.atOnce(
        threads,
        number -> {
          ConversationLog log = open();
          return () -> {
            for (int i = 0; i < turns; i++) {
              log.append(scope, turn(number * turns + i, NOON));
            }
            return number;
          };
        });
    List<Message> messages = all(TALK);
    assertThat(messages).hasSize(2 * threads * turns);
    assertPairs(messages);
    for (int thread = 0; thread < threads; thread++) {
      int first = thread * turns;
      assertThat(questions(messages))
          .containsSubsequence(
              IntStream.range(first, first + turns).mapToObj(i -> "question " + i).toList());
    }
    assertThat(all(TALK)).isEqualTo(messages);
    assertThat(open().last(scope, TALK, 1000)).isEqualTo(messages);
    assertThat(copyInOrderOfKeys()).isEqualTo(messages);
  }

  /** The conversation as it would be after a migration, which writes in the order of keys. */
  private List<Message> copyInOrderOfKeys() {
    List<Message> stored = scan(KeyRange.ALL);
    open().delete(scope, TALK);
    open().put(scope, stored);
    return all(TALK);
  }

  @Test
  @Tag("C2")
  void pagesThroughFiveHundredTurnsOfTwoMegabytes() {
    String padding = "\u3042".repeat(1400);
    ConversationLog log = open();
    for (int i = 0; i < 500; i++) {
      Turn turn = turn(i, NOON.plusSeconds(i));
      log.append(
          scope,
          new Turn(turn.id(), TALK, ANN, turn.question(), padding + i, turn.at(), turn.metadata()));
    }
    var messages = new ArrayList<Message>();
    int pages = 0;
    @Nullable Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<Message> page = open().page(scope, TALK, cursor);
      messages.addAll(page.items());
      cursor = page.next();
      pages++;
    }
    assertThat(pages).isGreaterThan(1);
    assertThat(messages).hasSize(1000);
    assertPairs(messages);
    assertThat(messages.getLast().content()).isEqualTo(padding + 499);
    assertThat(scan(KeyRange.ALL)).hasSize(1000);
    assertThat(questions(open().last(scope, TALK, 4)))
        .containsExactly("question 498", "question 499");
  }

  @Test
  void returnsTheLastMessages() {
    for (int i = 0; i < 5; i++) {
      open().append(scope, turn(i, NOON.plusSeconds(i)));
    }
    assertThat(open().last(scope, TALK, 1))
        .extracting(Message::content)
        .containsExactly("answer 4");
    assertThat(open().last(scope, TALK, 3))
        .extracting(Message::content)
        .containsExactly("answer 3", "question 4", "answer 4");
  }

  @Test
  void pagesOnWhileTheConversationGrowsAndItsBeginningGoes() {
    for (int i = 0; i < 300; i++) {
      open().append(scope, turn(i, NOON.plusSeconds(i)));
    }
    Page<Message> first = open().page(scope, TALK, Cursor.START);
    open().append(scope, turn(300, NOON.plusSeconds(300)));
    var messages = new ArrayList<>(first.items());
    messages.addAll(rest(first.next(), cursor -> open().page(scope, TALK, cursor)));
    assertThat(messages).hasSize(602);
    open().delete(scope, TALK);
    assertThat(rest(first.next(), cursor -> open().page(scope, TALK, cursor))).isEmpty();
  }

  @Test
  void listsConversationsNewestFirstAndExactlyAsManyAsAsked() {
    for (int talk = 0; talk < 20; talk++) {
      for (int i = 0; i < 3; i++) {
        Instant at = NOON.plusSeconds(talk * 100L + i);
        open().append(scope, turn(i, at, new ConversationId("talk " + talk), ANN));
      }
    }
    open().append(scope, turn(9, NOON.plusSeconds(9999), new ConversationId("talk 0"), ANN));
    open().append(scope, turn(9, NOON.plusSeconds(9999), new ConversationId("of bob"), BOB));
    assertThat(open().list(scope, ANN, 10))
        .hasSize(10)
        .startsWith(
            new ConversationSummary(new ConversationId("talk 0"), NOON.plusSeconds(9999)),
            new ConversationSummary(new ConversationId("talk 19"), NOON.plusSeconds(1902)),
            new ConversationSummary(new ConversationId("talk 18"), NOON.plusSeconds(1802)));
    assertThat(open().list(scope, ANN, 100)).hasSize(20);
  }

  @Test
  void listsConversationsOfUnknownTimeLast() {
    put(message("a1", "old", null), message("a2", "new", NOON), message("a3", "mixed", null));
    put(message("a4", "mixed", NOON.minusSeconds(1)));
    assertThat(open().list(scope, ANN, 10))
        .containsExactly(
            new ConversationSummary(new ConversationId("new"), NOON),
            new ConversationSummary(new ConversationId("mixed"), NOON.minusSeconds(1)),
            new ConversationSummary(new ConversationId("old"), null));
  }

  @Test
  void deletesAConversation() {
    open().append(scope, turn(1, NOON));
    open().append(scope, turn(1, NOON, new ConversationId("other"), ANN));
    assertThat(open().delete(scope, TALK)).isTrue();
    assertThat(open().delete(scope, TALK)).isFalse();
    assertThat(all(TALK)).isEmpty();
    assertThat(open().list(scope, ANN, 10)).hasSize(1);
    assertThat(scan(KeyRange.ALL)).hasSize(2);
  }

  @Test
  void deletesEverythingOfAUserAndNothingElse() {
    for (int i = 0; i < 60; i++) {
      open().append(scope, turn(i, NOON, new ConversationId("ann " + i), ANN));
    }
    open().append(scope, turn(1, NOON, new ConversationId("shared"), ANN));
    open().append(scope, turn(2, NOON, new ConversationId("shared"), BOB));
    assertThat(open().countUser(scope, ANN)).isEqualTo(122);
    assertThat(open().deleteUser(scope, ANN)).isEqualTo(122);
    assertThat(open().countUser(scope, ANN)).isZero();
    assertThat(open().countUser(scope, BOB)).isEqualTo(2);
    assertThat(open().deleteUser(scope, ANN)).isZero();
    assertThat(open().list(scope, ANN, 100)).isEmpty();
    assertThat(scan(KeyRange.ALL)).hasSize(2).allMatch(message -> message.user().equals(BOB));
  }

  @Test
  void givesBackWhatWasPutAsItWas() {
    List<Message> messages =
        List.of(
            message("0a", "talk", null),
            message("0b", "talk", Instant.EPOCH.minusSeconds(1)),
            message("1c", "talk", Instant.parse("1969-12-31T23:59:59.999999Z")),
            new Message(
                "f".repeat(64),
                TALK,
                BOB,
                Role.ASSISTANT,
                "",
                NOON,
                Metadata.of(Map.of("model", new Json.Null()))));
    assertThat(open().put(scope, messages))
        .isEqualTo(
            messages.stream()
                .map(message -> (WriteOutcome) new WriteOutcome.Done(message.key()))
                .toList());
    assertThat(scan(KeyRange.ALL)).isEqualTo(messages);
    open().put(scope, messages);
    assertThat(scan(KeyRange.ALL)).isEqualTo(messages);
  }

  @Test
  void leavesAMessageThatIsThere() {
    put(message("0a", "talk", NOON));
    put(
        new Message(
            "0a", TALK, ANN, Role.USER, "something else", NOON.plusSeconds(1), Metadata.EMPTY));
    assertThat(scan(KeyRange.ALL)).containsExactly(message("0a", "talk", NOON));
  }

  @Test
  void ordersWhatWasPutByInstantThenByKey() {
    put(
        message("0000000000000005", "talk", NOON),
        message("0000000000000001", "talk", NOON.plusSeconds(9)),
        message("0000000000000004", "talk", null),
        message("0000000000000003", "talk", NOON),
        message("0000000000000002", "talk", null));
    assertThat(all(TALK))
        .extracting(Message::key)
        .containsExactly(
            "0000000000000002",
            "0000000000000004",
            "0000000000000003",
            "0000000000000005",
            "0000000000000001");
    open().append(scope, turn(1, NOON));
    assertThat(open().last(scope, TALK, 2)).isEqualTo(all(TALK).subList(5, 7));
    assertThat(all(TALK).getLast().content()).isEqualTo("answer 1");
  }

  @Test
  void appendsToAConversationWithoutTimes() {
    put(message("01", "talk", null));
    open().append(scope, turn(1, NOON));
    assertThat(all(TALK)).extracting(Message::at).containsExactly(null, NOON, NOON);
  }

  @Test
  void scansARangeOfKeysInTheirOrder() {
    var keys = new ArrayList<String>();
    for (int i = 0; i < 256; i++) {
      keys.add("%02x".formatted(i * 37 % 256));
    }
    open().put(scope, keys.stream().map(key -> message(key, "talk", NOON)).toList());
    assertThat(scan(KeyRange.ALL)).hasSize(256).extracting(Message::key).isSorted();
    assertThat(scan(new KeyRange("a0", "a3")))
        .extracting(Message::key)
        .containsExactly("a0", "a1", "a2");
    assertThat(scan(new KeyRange("fe", null))).extracting(Message::key).containsExactly("fe", "ff");
    assertThat(scan(new KeyRange("a", "a"))).isEmpty();
  }

  @Test
  void keepsTheRestOfATextWithHalfACharacterOrNul() {
    Turn turn = new Turn("1", TALK, ANN, "before \uD83D\0 after", " \n ", NOON, Metadata.EMPTY);
    open().append(scope, turn);
    assertThat(all(TALK).getFirst().content()).startsWith("before ").endsWith(" after");
    assertThat(all(TALK).getLast().content()).isEqualTo(" \n ");
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    assertThatThrownBy(() -> open().append(TestScopes.cancelled(), turn(1, NOON)))
        .isInstanceOf(Cancelled.class);
    assertThat(all(TALK)).isEmpty();
  }

  /** A turn of {@code talk}. */
  protected static Turn turn(int number, Instant at) {
    return turn(number, at, TALK, ANN);
  }

  private static Turn turn(int number, Instant at, ConversationId conversation, UserId user) {
    return new Turn(
        "turn " + number,
        conversation,
        user,
        "question " + number,
        "answer " + number,
        at,
        Metadata.EMPTY);
  }

  private static Message message(String key, String conversation, @Nullable Instant at) {
    return new Message(
        key, new ConversationId(conversation), ANN, Role.USER, "text", at, Metadata.EMPTY);
  }

  private void put(Message... messages) {
    assertThat(open().put(scope, List.of(messages)))
        .allMatch(outcome -> outcome instanceof WriteOutcome.Done);
  }

  private List<Message> all(ConversationId id) {
    return rest(Cursor.START, cursor -> open().page(scope, id, cursor));
  }

  private List<Message> scan(KeyRange range) {
    return rest(Cursor.START, cursor -> open().scan(scope, range, cursor));
  }

  private static List<Message> rest(
      @Nullable Cursor start, Function<Cursor, Page<Message>> listing) {
    var messages = new ArrayList<Message>();
    Cursor cursor = start;
    while (cursor != null) {
      Page<Message> page = listing.apply(cursor);
      messages.addAll(page.items());
      cursor = page.next();
    }
    return messages;
  }

  private static List<String> questions(List<Message> messages) {
    return messages.stream()
        .filter(message -> message.role() == Role.USER)
        .map(Message::content)
        .toList();
  }

  /** Each question is followed by its own answer. */
  private static void assertPairs(List<Message> messages) {
    assertThat(messages.size()).isEven();
    for (int i = 0; i < messages.size(); i += 2) {
      Message question = messages.get(i);
      Message answer = messages.get(i + 1);
      assertThat(question.role()).isEqualTo(Role.USER);
      assertThat(answer.role()).isEqualTo(Role.ASSISTANT);
      assertThat(answer.key()).startsWith(question.key().substring(0, 63));
    }
  }
}
