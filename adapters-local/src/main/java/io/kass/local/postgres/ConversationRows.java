package io.kass.local.postgres;

import io.kass.local.sql.SqlSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the legacy application's table. Rows are found without their contents, which
 * may be of any size, and those of a page are fetched then.
 */
final class ConversationRows {
  private static final String HEADS =
      "SELECT id, conversation_id, user_id, role, created_at, octet_length(content) AS bytes,"
          + " CASE WHEN created_at IS NULL"
          + " THEN encode(sha256(convert_to(content, 'UTF8')), 'hex') END AS content"
          + " FROM conversations WHERE ";

  /** Any numbers of ours, so that other applications' locks are not met. */
  private static final int LOCK_OF_ALL = 0x4B415353;

  private static final int LOCK_OF_CONVERSATION = LOCK_OF_ALL + 1;

  private final SqlSession session;

  ConversationRows(SqlSession session) {
    this.session = session;
  }

  /** Until the transaction ends, nobody else of KASS writes to this conversation. */
  void lock(int conversation) throws SQLException {
    session.first(
        "SELECT pg_advisory_xact_lock_shared(?, 0), pg_advisory_xact_lock(?, ?)",
        ConversationRows::done,
        LOCK_OF_ALL,
        LOCK_OF_CONVERSATION,
        conversation);
  }

  /** Until the transaction ends, nobody else of KASS writes at all. */
  void lockAll() throws SQLException {
    session.first("SELECT pg_advisory_xact_lock(?, 0)", ConversationRows::done, LOCK_OF_ALL);
  }

  private static boolean done(ResultSet row) {
    return true;
  }

  /** The latest time of a conversation, or null. */
  @Nullable LocalDateTime latest(String conversation) throws SQLException {
    List<LocalDateTime> times =
        session.list(
            "SELECT max(created_at) AS at FROM conversations WHERE conversation_id = ?"
                + " HAVING max(created_at) IS NOT NULL",
            row -> row.getObject("at", LocalDateTime.class),
            conversation);
    return times.isEmpty() ? null : times.getFirst();
  }

  /** Those of one time, or of none when it is null. */
  List<RowHead> at(String conversation, @Nullable LocalDateTime time) throws SQLException {
    return time == null
        ? heads("conversation_id = ? AND created_at IS NULL", conversation)
        : heads("conversation_id = ? AND created_at = ?", conversation, time);
  }

  /** The first of a conversation, and all others of the same time as the last of them. */
  List<RowHead> first(String conversation, int limit) throws SQLException {
    return heads(
        "conversation_id = ? ORDER BY created_at NULLS FIRST FETCH FIRST ? ROWS WITH TIES",
        conversation,
        limit);
  }

  /**
   * The first after a time, and all others of the same time as the last of them.
   *
   * @param time null for those that have any
   */
  List<RowHead> after(String conversation, @Nullable LocalDateTime time, int limit)
      throws SQLException {
    String rest = " ORDER BY created_at FETCH FIRST ? ROWS WITH TIES";
    return time == null
        ? heads("conversation_id = ? AND created_at IS NOT NULL" + rest, conversation, limit)
        : heads("conversation_id = ? AND created_at > ?" + rest, conversation, time, limit);
  }

  /** The last of a conversation, and all others of the same time as the first of them. */
  List<RowHead> last(String conversation, int limit) throws SQLException {
    return heads(
        "conversation_id = ? ORDER BY created_at DESC NULLS LAST FETCH FIRST ? ROWS WITH TIES",
        conversation,
        limit);
  }

  /** Those of these ids which there are. */
  List<RowHead> of(Collection<Long> ids) throws SQLException {
    return ids.isEmpty() ? List.of() : heads("id = ANY(?)", array(ids));
  }

  /** The first of a range of ids, in their order. */
  List<RowHead> inOrder(long from, long to, int limit) throws SQLException {
    return heads("id >= ? AND id < ? ORDER BY id LIMIT ?", from, to, limit);
  }

  /** The least id, or 0. */
  long leastId() throws SQLException {
    return session.number("SELECT coalesce(min(id), 0) FROM conversations");
  }

  /** The contents of these rows, by id; of rows that are there. */
  Map<Long, @Nullable String> contents(Collection<Long> ids) throws SQLException {
    var contents = new HashMap<Long, @Nullable String>();
    session.list(
        "SELECT id, content FROM conversations WHERE id = ANY(?)",
        row -> {
          contents.put(row.getLong("id"), row.getString("content"));
          return true;
        },
        array(ids));
    return contents;
  }

  /** The last row of each of a user's conversations, the last active first; their ids. */
  List<Long> latestOf(String[] users, int limit) throws SQLException {
    return session.list(
        "SELECT (array_agg(id ORDER BY created_at DESC NULLS LAST, id DESC))[1] AS id"
            + " FROM conversations WHERE user_id = ANY(?) GROUP BY conversation_id"
            + " ORDER BY max(created_at) DESC NULLS LAST, conversation_id COLLATE \"C\" LIMIT ?",
        row -> row.getLong("id"),
        users,
        limit);
  }

  /** Writes a row; its id. */
  long insert(
      String conversation,
      String user,
      String role,
      String content,
      @Nullable LocalDateTime createdAt)
      throws SQLException {
    Long id =
        session.first(
            "INSERT INTO conversations (conversation_id, user_id, role, content, created_at)"
                + " VALUES (?, ?, ?, ?, ?) RETURNING id",
            row -> row.getLong("id"),
            conversation,
            user,
            role,
            content,
            createdAt);
    if (id == null) {
      throw new SQLException("the row was not written: a rule or trigger of the table forbids it");
    }
    return id;
  }

  int delete(String conversation) throws SQLException {
    return session.update("DELETE FROM conversations WHERE conversation_id = ?", conversation);
  }

  long countOf(String[] users) throws SQLException {
    Long rows =
        session.first(
            "SELECT count(*) FROM conversations WHERE user_id = ANY(?)",
            row -> row.getLong(1),
            (Object) users);
    return rows == null ? 0 : rows;
  }

  int deleteOf(String[] users) throws SQLException {
    return session.update("DELETE FROM conversations WHERE user_id = ANY(?)", (Object) users);
  }

  private List<RowHead> heads(String where, @Nullable Object... parameters) throws SQLException {
    return session.list(HEADS + where, ConversationRows::head, parameters);
  }

  private static RowHead head(ResultSet row) throws SQLException {
    return new RowHead(
        row.getLong("id"),
        row.getString("conversation_id"),
        row.getString("user_id"),
        row.getString("role"),
        row.getObject("created_at", LocalDateTime.class),
        row.getInt("bytes"),
        row.getString("content"));
  }

  private static long[] array(Collection<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).toArray();
  }
}
