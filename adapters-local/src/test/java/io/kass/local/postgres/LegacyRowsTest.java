package io.kass.local.postgres;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kass.local.sql.RowNotes;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Metadata;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.WriteOutcome;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.ConversationSummary;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the legacy application wrote is read exactly, and it reads what we write. */
@ExtendWith(LegacyPostgres.Extension.class)
class LegacyRowsTest {
  private static final ConversationId TALK = new ConversationId("conv-0123456789ab");
  private static final UserId ANN = new UserId("ann");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final CallScope scope = scope();
  private LegacyPostgres postgres;
  private Path directory;
  private OpenLog open;

  @BeforeEach
  void open(LegacyPostgres given, @TempDir Path folder) {
    postgres = given;
    directory = folder;
    open = OpenLog.of(given.config(), folder);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  @Tag("F26")
  void readsRowsAsTheyAre() {
    postgres.say(
        TALK.value(), "ann", "user", "\u65E5\u672C \uD83D\uDE00\n", "2026-03-01 12:00:00.5");
    postgres.say(TALK.value(), "ann", "assistant", "", "2026-03-01 12:00:01.000001");
    assertThat(log().last(scope, TALK, 10))
        .containsExactly(
            new Message(
                "0000000000000001",
                TALK,
                ANN,
                Role.USER,
                "\u65E5\u672C \uD83D\uDE00\n",
                Instant.parse("2026-03-01T12:00:00.5Z"),
                Metadata.EMPTY),
            new Message(
                "0000000000000002",
                TALK,
                ANN,
                Role.ASSISTANT,
                "",
                Instant.parse("2026-03-01T12:00:01.000001Z"),
                Metadata.EMPTY));
    assertThat(log().list(scope, ANN, 10))
        .containsExactly(
            new ConversationSummary(TALK, Instant.parse("2026-03-01T12:00:01.000001Z")));
  }

  @Test
  @Tag("F26")
  void readsTimesInTheDeclaredZone() {
    postgres.say(TALK.value(), "ann", "user", "summer", "2026-07-01 12:00:00");
    postgres.say(TALK.value(), "ann", "user", "winter", "2026-12-01 12:00:00");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    try (var other =
        OpenLog.of(
            postgres.config(LegacyPostgres.DATABASE, LegacyPostgres.PASSWORD, berlin), directory)) {
      assertThat(other.log().last(scope, TALK, 2))
          .extracting(Message::at)
          .containsExactly(
              Instant.parse("2026-07-01T10:00:00Z"), Instant.parse("2026-12-01T11:00:00Z"));
      other.log().append(scope, turn("1", TALK, Instant.parse("2026-12-24T10:00:00Z")));
      assertThat(other.log().last(scope, TALK, 1))
          .extracting(Message::at)
          .containsExactly(Instant.parse("2026-12-24T10:00:00Z"));
    }
    assertThat(postgres.query("SELECT created_at FROM conversations WHERE content = 'question 1'"))
        .containsExactly("2026-12-24 11:00:00");
  }

  @Test
  @Tag("M12")
  void readsTheHourThatWasSkippedInTheOrderItWasWritten() {
    postgres.say(TALK.value(), "ann", "user", "before", "2026-03-29 01:59:59");
    postgres.say(TALK.value(), "ann", "user", "skipped", "2026-03-29 02:30:00");
    postgres.say(TALK.value(), "ann", "user", "after", "2026-03-29 03:10:00");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    try (var other =
        OpenLog.of(
            postgres.config(LegacyPostgres.DATABASE, LegacyPostgres.PASSWORD, berlin), directory)) {
      List<Message> messages = other.log().last(scope, TALK, 9);
      assertThat(messages)
          .extracting(Message::content)
          .containsExactly("before", "skipped", "after");
      assertThat(messages)
          .extracting(Message::at)
          .containsExactly(
              Instant.parse("2026-03-29T00:59:59Z"),
              Instant.parse("2026-03-29T01:00:00Z"),
              Instant.parse("2026-03-29T01:10:00Z"));
      assertThat(messages.get(1).metadata().get("legacy_created_at"))
          .isEqualTo(Json.of("2026-03-29T02:30"));
    }
  }

  @Test
  @Tag("M12")
  void ordersRowsWithoutTimeFirstAndThoseOfOneTimeById() {
    postgres.say(TALK.value(), "ann", "user", "third", "2026-03-01 12:00:00");
    postgres.say(TALK.value(), "ann", "user", "first", null);
    postgres.say(TALK.value(), "ann", "assistant", "fourth", "2026-03-01 12:00:00");
    postgres.say(TALK.value(), "ann", "assistant", "second", null);
    assertThat(log().page(scope, TALK, Cursor.START).items())
        .extracting(Message::content)
        .containsExactly("first", "second", "third", "fourth");
    assertThat(log().last(scope, TALK, 3))
        .extracting(Message::content)
        .containsExactly("second", "third", "fourth");
  }

  @Test
  void pagesThroughManyRowsWithoutTime() {
    postgres.run(
        "INSERT INTO conversations (conversation_id, user_id, role, content)"
            + " SELECT 'long', 'ann', 'user', 'text ' || n FROM generate_series(1, 950) n");
    List<Message> messages = pages(new ConversationId("long"));
    assertThat(messages).hasSize(950);
    assertThat(messages)
        .extracting(Message::key)
        .isSorted()
        .doesNotHaveDuplicates()
        .first()
        .isEqualTo("0000000000000001");
    assertThat(messages.getLast().content()).isEqualTo("text 950");
  }

  @Test
  void keepsWhatHasNoWordAmongTheMetadata() {
    postgres.say(TALK.value(), "ann", "system", "be kind", "2026-03-01 12:00:00");
    postgres.say(TALK.value(), "", "User", "who am I?", "2026-03-01 12:00:01");
    List<Message> messages = log().last(scope, TALK, 2);
    assertThat(messages.getFirst().role()).isEqualTo(Role.ASSISTANT);
    assertThat(messages.getFirst().metadata())
        .isEqualTo(Metadata.of(Map.of("legacy_role", Json.of("system"))));
    assertThat(messages.getLast().role()).isEqualTo(Role.USER);
    assertThat(messages.getLast().user()).isEqualTo(UserId.ANONYMOUS);
    assertThat(messages.getLast().metadata())
        .isEqualTo(
            Metadata.of(Map.of("legacy_role", Json.of("User"), "legacy_user_id", Json.of(""))));
    assertThat(log().list(scope, UserId.ANONYMOUS, 9)).hasSize(1);
    assertThat(log().deleteUser(scope, UserId.ANONYMOUS)).isEqualTo(1);
  }

  @Test
  void namesTheRowOfWhichNoMessageCanBeMade() {
    String longer = "\uD83D\uDE00".repeat(51);
    postgres.say(TALK.value(), longer, "user", "hello", "2026-03-01 12:00:00");
    postgres.say(longer, "ann", "user", "hello", "2026-03-01 12:00:00");
    assertThatThrownBy(() -> log().last(scope, TALK, 9))
        .isInstanceOf(Rejected.class)
        .hasMessageContainingAll("row 1 of 'conversations'", "'user_id'", "1 to 100 characters");
    assertThatThrownBy(() -> log().list(scope, ANN, 9))
        .isInstanceOf(Rejected.class)
        .hasMessageContainingAll("row 2 of 'conversations'", "'conversation_id'");
    postgres.run("UPDATE conversations SET user_id = 'ann' WHERE id = 1");
    postgres.run("ALTER TABLE conversations ALTER COLUMN content DROP NOT NULL");
    postgres.run("UPDATE conversations SET content = NULL WHERE id = 1");
    assertThatThrownBy(() -> log().last(scope, TALK, 9))
        .isInstanceOf(Rejected.class)
        .hasMessageContainingAll("row 1 of 'conversations'", "'content' is null");
    postgres.run("UPDATE conversations SET id = -7 WHERE id = 2");
    assertThatThrownBy(() -> log().scan(scope, KeyRange.ALL, Cursor.START))
        .isInstanceOf(Rejected.class)
        .hasMessageContainingAll("row -7 of 'conversations'", "negative");
  }

  @Test
  void writesWhatTheLegacyApplicationReads() {
    postgres.say(TALK.value(), "ann", "user", "old question", "2026-03-01 11:00:00");
    postgres.say(TALK.value(), "ann", "assistant", "old answer", "2026-03-01 11:00:02");
    log().append(scope, turn("1", TALK, NOON));
    log().append(scope, turn("2", TALK, NOON));
    // Its context, newest first; nothing but the time decides.
    assertThat(
            postgres.query(
                "SELECT role, content, user_id FROM conversations WHERE conversation_id ="
                    + " 'conv-0123456789ab' ORDER BY created_at DESC LIMIT 5"))
        .containsExactly(
            "assistant | answer 2 | ann",
            "user | question 2 | ann",
            "assistant | answer 1 | ann",
            "user | question 1 | ann",
            "assistant | old answer | ann");
    assertThat(postgres.query("SELECT count(DISTINCT created_at) FROM conversations"))
        .containsExactly("6");
    assertThat(postgres.query("SELECT min(created_at) FROM conversations WHERE id > 2"))
        .containsExactly("2026-03-01 12:00:00.123456");
  }

  @Test
  void goesOnAfterWhatTheLegacyApplicationSaidMeanwhile() {
    log().append(scope, turn("1", TALK, NOON));
    postgres.say(TALK.value(), "ann", "user", "theirs", "2026-03-01 12:05:00");
    log().append(scope, turn("2", TALK, NOON.plusSeconds(1)));
    assertThat(log().last(scope, TALK, 9))
        .extracting(Message::content)
        .containsExactly("question 1", "answer 1", "theirs", "question 2", "answer 2");
    assertThat(log().last(scope, TALK, 1))
        .extracting(Message::at)
        .containsExactly(Instant.parse("2026-03-01T12:05:00.000001Z"));
  }

  @Test
  void losesWhatTheLegacyApplicationDeletes() {
    log().append(scope, turn("1", TALK, NOON));
    log().append(scope, turn("2", TALK, NOON.plusSeconds(1)));
    postgres.run("DELETE FROM conversations WHERE content = 'question 1'");
    assertThat(log().last(scope, TALK, 9))
        .extracting(Message::content)
        .containsExactly("answer 1", "question 2", "answer 2");
    assertThat(scan(KeyRange.ALL)).hasSize(3);
    postgres.run("DELETE FROM conversations");
    assertThat(log().last(scope, TALK, 9)).isEmpty();
    assertThat(log().list(scope, ANN, 9)).isEmpty();
    assertThat(scan(KeyRange.ALL)).isEmpty();
    log().append(scope, turn("1", TALK, NOON));
    assertThat(log().last(scope, TALK, 9)).isEqualTo(turn("1", TALK, NOON).messages());
  }

  @Test
  void takesNoStrangersRowForItsOwnAfterARestore() {
    log().append(scope, turn("1", TALK, NOON));
    log().put(scope, List.of(message("ab", null)));
    // The database of yesterday, which gives the same ids out again.
    postgres.run("TRUNCATE conversations RESTART IDENTITY");
    postgres.say(TALK.value(), "ann", "user", "q", "2026-03-01 12:00:00");
    postgres.say(TALK.value(), "ann", "assistant", "a", "2026-03-01 12:00:01");
    postgres.say(TALK.value(), "ann", "user", "another text", null);
    assertThat(scan(KeyRange.ALL))
        .extracting(Message::key)
        .containsExactly("0000000000000001", "0000000000000002", "0000000000000003");
    assertThat(log().last(scope, TALK, 9)).allMatch(m -> m.metadata().equals(Metadata.EMPTY));
  }

  @Test
  void keepsATurnOnceWhenTheProcessDiesBetweenItsNotesAndItsRows() {
    RowNotes dying = new DyingNotes(open.notes());
    Turn turn = turn("1", TALK, NOON);
    assertThatThrownBy(
            () -> OpenLog.over(postgres.config(), dying, open.closer()).append(scope, turn))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log().last(scope, TALK, 9)).isEmpty();
    assertThat(scan(KeyRange.ALL)).isEmpty();
    log().append(scope, turn);
    log().append(scope, turn);
    assertThat(log().last(scope, TALK, 9)).isEqualTo(turn.messages());
    assertThat(scan(KeyRange.ALL)).hasSize(2);
  }

  @Test
  void erasesItsNotesOfAUserToo() {
    log().append(scope, turn("1", TALK, NOON));
    log().append(scope, turn("1", new ConversationId("other"), NOON));
    assertThat(open.notes().inOrder(scope, "", null, 9)).hasSize(4);
    log().delete(scope, TALK);
    assertThat(open.notes().inOrder(scope, "", null, 9)).hasSize(2);
    postgres.run("DELETE FROM conversations");
    assertThat(log().deleteUser(scope, ANN)).isZero();
    assertThat(open.notes().inOrder(scope, "", null, 9)).isEmpty();
  }

  @Test
  void tellsMovedRowsFromThoseThatComeLater() {
    // Moved here from another legacy database, where its row was the third.
    Message moved = message("0000000000000003", NOON);
    log().put(scope, List.of(moved));
    postgres.say(TALK.value(), "ann", "user", "second", "2026-03-01 13:00:00");
    postgres.say(TALK.value(), "ann", "user", "third", "2026-03-01 14:00:00");
    assertThat(scan(KeyRange.ALL))
        .extracting(Message::key, Message::content)
        .containsExactly(
            tuple("0000000000000002", "second"),
            tuple("0000000000000003", "text"),
            tuple("00000000000000030", "third"));
    assertThat(scan(new KeyRange("00000000000000030", null)))
        .extracting(Message::content)
        .containsExactly("third");
    assertThat(log().put(scope, List.of(message("00000000000000030", NOON), moved)))
        .containsExactly(
            new WriteOutcome.Done("00000000000000030"), new WriteOutcome.Done(moved.key()));
    assertThat(scan(KeyRange.ALL)).hasSize(3);
  }

  @Test
  void scansTheirsAndOursInOneOrderOfKeys() {
    var expected = new TreeSet<String>();
    for (int round = 0; round < 3; round++) {
      postgres.run(
          "INSERT INTO conversations (conversation_id, user_id, role, content, created_at)"
              + " SELECT 'c' || n % 7, 'ann', 'user', 'text ' || n, now() FROM"
              + " generate_series(1, 150) n");
      var messages = new ArrayList<Message>();
      for (int i = 0; i < 130; i++) {
        int id = round * 130 + i;
        messages.add(message("%04x%s".formatted(id * 7919 % 65521, "c".repeat(i % 20)), NOON));
      }
      messages.forEach(message -> expected.add(message.key()));
      log().put(scope, messages);
    }
    postgres
        .query("SELECT id FROM conversations WHERE content LIKE 'text %'")
        .forEach(id -> expected.add(LegacyKeys.key(Long.parseLong(id))));
    assertThat(scan(KeyRange.ALL)).extracting(Message::key).containsExactlyElementsOf(expected);
    assertThat(scan(new KeyRange("0000000000000020", "8")))
        .extracting(Message::key)
        .containsExactlyElementsOf(expected.subSet("0000000000000020", "8"));
  }

  @Test
  void endsAPageOfLongTextsSooner() {
    postgres.run(
        "INSERT INTO conversations (conversation_id, user_id, role, content, created_at)"
            + " SELECT 'long', 'ann', 'user', repeat('x', 400000), now() FROM"
            + " generate_series(1, 5)");
    ConversationId id = new ConversationId("long");
    assertThat(log().page(scope, id, Cursor.START).items()).hasSize(3);
    assertThat(log().scan(scope, KeyRange.ALL, Cursor.START).items()).hasSize(3);
    assertThat(pages(id)).hasSize(5);
    assertThat(scan(KeyRange.ALL)).hasSize(5);
  }

  @Test
  void refusesATimeThatTheDatabaseCannotHold() {
    assertThat(log().put(scope, List.of(message("0a", Instant.MAX), message("0b", NOON))))
        .satisfiesExactly(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        WriteOutcome.Failed.class,
                        failed -> assertThat(failed.passing()).isFalse()),
            outcome -> assertThat(outcome).isEqualTo(new WriteOutcome.Done("0b")));
    assertThatThrownBy(() -> log().append(scope, turn("1", TALK, Instant.MIN)))
        .isInstanceOf(InvalidRequest.class);
    postgres.say(TALK.value(), "ann", "user", "for ever", "infinity");
    assertThat(log().last(scope, TALK, 1)).extracting(Message::content).containsExactly("for ever");
    assertThatThrownBy(() -> log().append(scope, turn("1", TALK, NOON)))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("created_at");
  }

  @Test
  void refusesAMarkOfAnotherStore() {
    assertThatThrownBy(() -> log().page(scope, TALK, new Cursor("12345 abc")))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> log().page(scope, TALK, new Cursor("then - abc")))
        .isInstanceOf(InvalidRequest.class);
  }

  private ConversationLog log() {
    return open.log();
  }

  private static Turn turn(String id, ConversationId conversation, Instant at) {
    return new Turn(
        id,
        conversation,
        ANN,
        "question " + id,
        "answer " + id,
        at,
        Metadata.of(Map.of("model", Json.of("m"))));
  }

  private static Message message(String key, @Nullable Instant at) {
    return new Message(key, TALK, ANN, Role.USER, "text", at, Metadata.EMPTY);
  }

  private List<Message> pages(ConversationId id) {
    var messages = new ArrayList<Message>();
    @Nullable Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<Message> page = log().page(scope, id, cursor);
      messages.addAll(page.items());
      cursor = page.next();
    }
    return messages;
  }

  private List<Message> scan(KeyRange range) {
    var messages = new ArrayList<Message>();
    @Nullable Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<Message> page = log().scan(scope, range, cursor);
      messages.addAll(page.items());
      cursor = page.next();
    }
    return messages;
  }
}
