package io.kass.local.sqlite;

import io.kass.local.sqlite.Columns.Position;
import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.Bytewise;
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
import io.kass.ports.conversation.Role;
import io.kass.ports.conversation.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Conversations, a row a message. */
final class SqliteConversationLog implements ConversationLog {
  /** A page ends after so many messages, or after the one that makes it this long. */
  private static final int PAGE_MESSAGES = 200;

  private static final int PAGE_CHARACTERS = 500_000;

  private static final String COLUMNS = "key, conversation, user, role, content, at, metadata";

  private final SqliteDatabase database;

  SqliteConversationLog(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void append(CallScope scope, Turn turn) {
    List<Message> pair = turn.messages();
    database.write(
        scope,
        Durability.POWER,
        session -> {
          long at = momentFor(session, pair.getFirst());
          for (Message message : pair) {
            insert(session, message, at);
          }
          return pair;
        });
  }

  /** The moment at which the question is there already, or one after all other messages. */
  private static long momentFor(Session session, Message question) throws SQLException {
    Long there =
        session.first(
            "SELECT at FROM message WHERE key = ?", row -> row.getLong(1), question.key());
    if (there != null) {
      return there;
    }
    Long last =
        session.first(
            "SELECT at FROM message WHERE conversation = ? ORDER BY at DESC LIMIT 1",
            row -> row.getLong(1),
            question.conversation().value());
    long at = Columns.micros(question.at());
    return last == null ? at : Math.max(at, last + 1);
  }

  private static void insert(Session session, Message message, long at) throws SQLException {
    session.update(
        "INSERT INTO message ("
            + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        message.key(),
        message.conversation().value(),
        message.user().value(),
        switch (message.role()) {
          case USER -> "user";
          case ASSISTANT -> "assistant";
        },
        Bytewise.whole(message.content()),
        at,
        message.metadata().canonical());
  }

  @Override
  public List<Message> last(CallScope scope, ConversationId id, int limit) {
    return database
        .read(
            scope,
            session ->
                session.list(
                    "SELECT "
                        + COLUMNS
                        + " FROM message WHERE conversation = ?"
                        + " ORDER BY at DESC, key DESC LIMIT ?",
                    SqliteConversationLog::message,
                    id.value(),
                    limit))
        .reversed();
  }

  @Override
  public Page<Message> page(CallScope scope, ConversationId id, Cursor cursor) {
    Position after = Position.of(cursor);
    return database.read(
        scope,
        session ->
            session.page(
                pageBy(last -> new Position(Columns.micros(last.at()), last.key()).cursor()),
                "SELECT "
                    + COLUMNS
                    + " FROM message WHERE conversation = ? AND (at, key) > (?, ?)"
                    + " ORDER BY at, key",
                SqliteConversationLog::message,
                id.value(),
                after.micros(),
                after.name()));
  }

  @Override
  public List<ConversationSummary> list(CallScope scope, UserId user, int limit) {
    return database.read(
        scope,
        session ->
            session.list(
                "SELECT conversation, max(at) AS last FROM message WHERE user = ?"
                    + " GROUP BY conversation ORDER BY last DESC, conversation LIMIT ?",
                row ->
                    new ConversationSummary(
                        new ConversationId(row.getString("conversation")),
                        Columns.known(row.getLong("last"))),
                user.value(),
                limit));
  }

  @Override
  public boolean delete(CallScope scope, ConversationId id) {
    int deleted =
        database.write(
            scope,
            Durability.POWER,
            session -> session.update("DELETE FROM message WHERE conversation = ?", id.value()));
    database.forgetDeleted(scope);
    return deleted > 0;
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return database.countRowsOf(scope, "message", user);
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return database.deleteRowsOf(scope, "message", user);
  }

  @Override
  public List<WriteOutcome> put(CallScope scope, List<Message> messages) {
    return database.write(
        scope,
        Durability.POWER,
        session -> {
          var outcomes = new ArrayList<WriteOutcome>();
          for (Message message : messages) {
            insert(session, message, Columns.micros(message.at()));
            outcomes.add(new WriteOutcome.Done(message.key()));
          }
          return outcomes;
        });
  }

  @Override
  public Page<Message> scan(CallScope scope, KeyRange range, Cursor cursor) {
    boolean start = cursor.equals(Cursor.START);
    return database.read(
        scope,
        session ->
            session.page(
                pageBy(last -> new Cursor(last.key())),
                "SELECT " + COLUMNS + " FROM message WHERE key >= ? AND key < ? ORDER BY key",
                SqliteConversationLog::message,
                start ? range.from() : PageRule.after(cursor.token()),
                Columns.end(range.to())));
  }

  private static PageRule<Message> pageBy(Function<Message, Cursor> mark) {
    return new PageRule<>(
        PAGE_MESSAGES, PAGE_CHARACTERS, m -> m.content().length(), m -> true, mark);
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getString("key"),
        new ConversationId(row.getString("conversation")),
        new UserId(row.getString("user")),
        row.getString("role").equals("user") ? Role.USER : Role.ASSISTANT,
        row.getString("content"),
        Columns.known(row.getLong("at")),
        Columns.metadata(row.getString("metadata")));
  }
}
