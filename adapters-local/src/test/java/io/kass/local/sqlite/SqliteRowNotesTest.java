package io.kass.local.sqlite;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.local.sql.RowNotes;
import io.kass.local.sql.RowNotes.Note;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of rows elsewhere. */
class SqliteRowNotesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final CallScope scope = scope();
  private SharedFile file;

  @BeforeEach
  void open(@TempDir Path directory) {
    file = new SharedFile(directory);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void givesBackWhatWasNoted() {
    Note first = note("0a", 1, "talk", "ann", NOON);
    Note second =
        new Note(
            "0b",
            Long.MAX_VALUE,
            "mark",
            new ConversationId("talk"),
            new UserId("ann"),
            null,
            Metadata.of(Map.of("a", new Json.Null(), "b", Json.of("\uD83D\uDE00"))));
    notes().write(scope, List.of(first, second));
    assertThat(notes().ofRows(scope, List.of(1L, 2L, Long.MAX_VALUE)))
        .containsExactlyInAnyOrder(first, second);
    assertThat(notes().ofKeys(scope, List.of("0b", "0c"))).containsExactly(second);
    assertThat(notes().ofRows(scope, List.of())).isEmpty();
    assertThat(notes().ofKeys(scope, List.of())).isEmpty();
  }

  @Test
  void replacesWhatWasNotedOfTheSameKeyOrRow() {
    notes().write(scope, List.of(note("0a", 1, "talk", "ann", NOON)));
    notes().write(scope, List.of(note("0b", 2, "talk", "ann", NOON)));
    Note newer = note("0a", 2, "talk", "ann", NOON.plusSeconds(1));
    notes().write(scope, List.of(newer));
    assertThat(notes().inOrder(scope, "", null, 9)).containsExactly(newer);
  }

  @Test
  void listsARangeInTheOrderOfKeys() {
    for (int i = 9; i >= 0; i--) {
      notes().write(scope, List.of(note("0" + i, i, "talk", "ann", NOON)));
    }
    assertThat(notes().inOrder(scope, "03", "06", 9))
        .extracting(Note::key)
        .containsExactly("03", "04", "05");
    assertThat(notes().inOrder(scope, "03", null, 2))
        .extracting(Note::key)
        .containsExactly("03", "04");
  }

  @Test
  void forgetsAConversationOrAUserAndNothingElse() {
    Note kept = note("0a", 1, "talk", "ann", NOON);
    notes()
        .write(
            scope,
            List.of(
                kept, note("0b", 2, "other", "ann", NOON), note("0c", 3, "third", "bob", NOON)));
    notes().forget(scope, new ConversationId("other"));
    notes().forget(scope, new UserId("bob"));
    assertThat(notes().inOrder(scope, "", null, 9)).containsExactly(kept);
  }

  private RowNotes notes() {
    return new SqliteRowNotes(file.database(InstantSource.system()));
  }

  private static Note note(String key, long row, String conversation, String user, Instant at) {
    return new Note(
        key,
        row,
        "mark",
        new ConversationId(conversation),
        new UserId(user),
        at,
        Metadata.of(Map.of("of", Json.of(key))));
  }
}
