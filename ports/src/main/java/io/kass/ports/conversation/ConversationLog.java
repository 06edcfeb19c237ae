package io.kass.ports.conversation;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.WriteOutcome;
import java.util.List;

/**
 * Keeps conversations. Thread-safe. Turns that are appended to one conversation at once are all
 * kept, each with its two messages side by side.
 */
public interface ConversationLog {
  /**
   * Appends a turn whole: afterwards both messages are there, after all earlier ones. Both bear the
   * turn's instant; where that is not later than the conversation's last message (two turns at
   * once, a clock that was set back), the first microsecond after it that the store has left.
   * Appending a turn that is there already changes nothing.
   */
  void append(CallScope scope, Turn turn);

  /**
   * The last messages of a conversation, oldest first; empty when it is not known.
   *
   * @param limit at least 1
   */
  List<Message> last(CallScope scope, ConversationId id, int limit);

  /** Pages through a conversation, oldest message first. */
  Page<Message> page(CallScope scope, ConversationId id, Cursor cursor);

  /**
   * A user's conversations, the last active first; exactly {@code limit} where there are so many.
   */
  List<ConversationSummary> list(CallScope scope, UserId user, int limit);

  /** Deletes a conversation; false when it is not known. */
  boolean delete(CallScope scope, ConversationId id);

  /** How many messages {@link #deleteUser} would delete. */
  long countUser(CallScope scope, UserId user);

  /** Deletes everything of a user; the number of messages deleted. */
  long deleteUser(CallScope scope, UserId user);

  /**
   * Writes single messages as they are, for migration; one outcome a message, in order. A message
   * whose key is there already is left as it is there, and counts as done.
   */
  List<WriteOutcome> put(CallScope scope, List<Message> messages);

  /** Pages through all messages of a range of keys, in ascending order of their keys. */
  Page<Message> scan(CallScope scope, KeyRange range, Cursor cursor);
}
