package io.kass.local.sql;

import io.kass.ports.CallScope;
import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What KASS knows of messages whose rows it wrote into a table of another application, which has no
 * place for it. Thread-safe, and safe between processes.
 *
 * <p>A note is written before its row is committed: so no row of ours is ever without one. A note
 * whose row is not there, or is another one by its mark (the transaction did not come through, the
 * other application deleted the row, its database was restored from a backup and gave the id out
 * again), means nothing, and is replaced when its key or its row is noted again.
 */
public interface RowNotes {
  /**
   * A note.
   *
   * @param key the message's key
   * @param row the row's id
   * @param mark tells whether the row of this id is still the one that was noted
   * @param conversation where it was said
   * @param user whose conversation it is
   * @param at when it was said, exactly; or null when that is not known
   * @param metadata what else is known of it
   */
  record Note(
      String key,
      long row,
      String mark,
      ConversationId conversation,
      UserId user,
      @Nullable Instant at,
      Metadata metadata) {}

  /** Keeps notes, in the place of others of the same keys or rows. They survive a power cut. */
  void write(CallScope scope, List<Note> notes);

  /** The notes on these rows, in any order; there need not be one on each. */
  List<Note> ofRows(CallScope scope, Collection<Long> rows);

  /** The notes with these keys, in any order; there need not be one of each. */
  List<Note> ofKeys(CallScope scope, Collection<String> keys);

  /**
   * The first notes of a range of keys, in their order.
   *
   * @param from the least key that belongs to it
   * @param to the first key that no longer does, or null
   */
  List<Note> inOrder(CallScope scope, String from, @Nullable String to, int limit);

  /** Erases all notes on a conversation. */
  void forget(CallScope scope, ConversationId conversation);

  /** Erases all notes on a user's messages. */
  void forget(CallScope scope, UserId user);
}
