package io.kass.local.postgres;

import io.kass.local.sql.RowNotes;
import io.kass.local.sql.RowNotes.Note;
import io.kass.local.sql.Texts;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
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
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in the legacy application's table. That has no place for keys and metadata, so
 * these are kept as {@link RowNotes}, each written before its row is committed.
 */
final class PostgresConversationLog implements ConversationLog {
  /** A page ends after so many messages, or after the one that makes it this long. */
  private static final int PAGE_MESSAGES = 200;

  private static final int PAGE_BYTES = 1_000_000;

  private final PostgresDatabase database;
  private final RowNotes notes;
  private final WallTime wall;
  private final RowNames names;
  private final RowReader reader;

  PostgresConversationLog(PostgresDatabase database, RowNotes notes, WallTime wall) {
    this.database = database;
    this.notes = notes;
    this.wall = wall;
    this.names = new RowNames(notes, wall);
    this.reader = new RowReader(wall, database.errors());
  }

  @Override
  public void append(CallScope scope, Turn turn) {
    List<Message> pair = turn.messages();
    Message question = pair.getFirst();
    Message answer = pair.getLast();
    if (!WallTime.canHold(turn.at())) {
      throw new InvalidRequest("The time " + turn.at() + " is too far away to be stored.");
    }
    database.write(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          rows.lock(lockOf(turn.conversation()));
          if (!names.there(scope, rows, List.of(question.key(), answer.key())).isEmpty()) {
            return pair;
          }
          LocalDateTime wanted = wall.time(turn.at());
          LocalDateTime free = nextFree(rows, turn.conversation(), wanted);
          Message asked = free.equals(wanted) ? question : question.at(wall.instant(free));
          // The legacy application orders by time alone, so the answer's row is the later one.
          LocalDateTime later = free.plus(1, ChronoUnit.MICROS);
          notes.write(
              scope,
              List.of(
                  insert(rows, asked, free),
                  insert(rows, answer.at(Objects.requireNonNull(asked.at())), later)));
          return pair;
        });
  }

  /** The wanted time, or the first one after all rows of the conversation. */
  private LocalDateTime nextFree(
      ConversationRows rows, ConversationId conversation, LocalDateTime wanted)
      throws SQLException {
    LocalDateTime latest = rows.latest(conversation.value());
    if (latest == null || wanted.isAfter(latest)) {
      return wanted;
    }
    if (!WallTime.canHold(wall.instant(latest))) {
      throw new Rejected(
          "The conversation '%s' has a message whose created_at is %s: nothing can come after it. Correct that row."
              .formatted(conversation, latest));
    }
    return latest.plus(1, ChronoUnit.MICROS);
  }

  /** Writes a row; the note that has to be written before it is committed. */
  private static Note insert(
      ConversationRows rows, Message message, @Nullable LocalDateTime createdAt)
      throws SQLException {
    String conversation = message.conversation().value();
    String user = message.user().value();
    String role = RowReader.word(message.role());
    String content = Texts.withoutNul(message.content());
    long id = rows.insert(conversation, user, role, content, createdAt);
    String hash = createdAt == null ? ContentHash.of(content).hex() : null;
    var head = new RowHead(id, conversation, user, role, createdAt, 0, hash);
    return new Note(
        message.key(),
        id,
        head.mark(),
        message.conversation(),
        message.user(),
        message.at(),
        message.metadata());
  }

  private static int lockOf(ConversationId conversation) {
    return Integer.parseUnsignedInt(ContentHash.of(conversation.value()).hex().substring(0, 8), 16);
  }

  @Override
  public List<Message> last(CallScope scope, ConversationId id, int limit) {
    return database.read(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          List<KnownRow> known =
              names.known(scope, rows.last(id.value(), limit)).stream()
                  .sorted(KnownRow.ORDER)
                  .toList();
          return messages(rows, known.subList(Math.max(0, known.size() - limit), known.size()));
        });
  }

  @Override
  public Page<Message> page(CallScope scope, ConversationId id, Cursor cursor) {
    return database.read(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          var found = new ArrayList<KnownRow>();
          int limit = PAGE_MESSAGES + 1;
          if (cursor.equals(Cursor.START)) {
            found.addAll(names.known(scope, rows.first(id.value(), limit)));
          } else {
            Position position = Position.of(cursor);
            names.known(scope, rows.at(id.value(), position.createdAt())).stream()
                .filter(position::isBefore)
                .forEach(found::add);
            if (found.size() < limit) {
              int rest = limit - found.size();
              found.addAll(names.known(scope, rows.after(id.value(), position.createdAt(), rest)));
            }
          }
          found.sort(KnownRow.ORDER);
          int end = endOfPage(found);
          return new Page<>(
              messages(rows, found.subList(0, end)),
              end == found.size() ? null : Position.of(found.get(end - 1)).cursor());
        });
  }

  private static int endOfPage(List<KnownRow> rows) {
    int end = 0;
    long bytes = 0;
    while (end < rows.size() && end < PAGE_MESSAGES && bytes < PAGE_BYTES) {
      bytes += rows.get(end).head().bytes();
      end++;
    }
    return end;
  }

  /** The messages of those rows that are still there. */
  private List<Message> messages(ConversationRows rows, List<KnownRow> known) throws SQLException {
    if (known.isEmpty()) {
      return List.of();
    }
    Map<Long, @Nullable String> contents =
        rows.contents(known.stream().map(row -> row.head().id()).toList());
    return known.stream()
        .filter(row -> contents.containsKey(row.head().id()))
        .map(row -> reader.message(row, contents.get(row.head().id())))
        .toList();
  }

  @Override
  public List<ConversationSummary> list(CallScope scope, UserId user, int limit) {
    return database.read(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          List<Long> latest = rows.latestOf(RowReader.spellings(user), limit);
          Map<Long, KnownRow> known =
              names.known(scope, rows.of(latest)).stream()
                  .collect(Collectors.toMap(row -> row.head().id(), row -> row));
          return latest.stream()
              .map(known::get)
              .filter(Objects::nonNull)
              .map(row -> new ConversationSummary(reader.conversation(row.head()), row.at()))
              .toList();
        });
  }

  @Override
  public boolean delete(CallScope scope, ConversationId id) {
    return database.write(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          rows.lock(lockOf(id));
          int deleted = rows.delete(id.value());
          notes.forget(scope, id);
          return deleted > 0;
        });
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return database.read(
        scope, session -> new ConversationRows(session).countOf(RowReader.spellings(user)));
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return database.write(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          rows.lockAll();
          long deleted = rows.deleteOf(RowReader.spellings(user));
          notes.forget(scope, user);
          return deleted;
        });
  }

  @Override
  public List<WriteOutcome> put(CallScope scope, List<Message> messages) {
    return database.write(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          rows.lockAll();
          Set<String> there =
              new HashSet<>(names.there(scope, rows, messages.stream().map(Message::key).toList()));
          var written = new ArrayList<Note>();
          var outcomes = new ArrayList<WriteOutcome>();
          for (Message message : messages) {
            Instant at = message.at();
            if (at != null && !WallTime.canHold(at)) {
              outcomes.add(
                  new WriteOutcome.Failed(
                      message.key(), false, "The time " + at + " is too far away to be stored."));
              continue;
            }
            if (there.add(message.key())) {
              written.add(insert(rows, message, at == null ? null : wall.time(at)));
            }
            outcomes.add(new WriteOutcome.Done(message.key()));
          }
          notes.write(scope, written);
          return outcomes;
        });
  }

  @Override
  public Page<Message> scan(CallScope scope, KeyRange range, Cursor cursor) {
    boolean start = cursor.equals(Cursor.START);
    return database.read(
        scope,
        session -> {
          var rows = new ConversationRows(session);
          if (start) {
            refuseNegative(rows);
          }
          String from = start ? range.from() : after(cursor.token());
          KeyScan found = KeyScan.read(scope, rows, names, notes, from, range.to(), PAGE_MESSAGES);
          int end = endOfPage(found.rows());
          List<Message> items = messages(rows, found.rows().subList(0, end));
          String reached =
              end == found.rows().size() ? found.reached() : found.rows().get(end - 1).key();
          return new Page<>(items, reached == null ? null : new Cursor(reached));
        });
  }

  /** The least text after this key. */
  private static String after(String key) {
    return key + '\u0001';
  }

  private void refuseNegative(ConversationRows rows) throws SQLException {
    long least = rows.leastId();
    if (least < 0) {
      throw database.errors().row(least, "id", "is negative, so it has no place in the order");
    }
  }
}
