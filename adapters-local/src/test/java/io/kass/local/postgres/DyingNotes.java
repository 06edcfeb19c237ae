package io.kass.local.postgres;

import io.kass.local.sql.RowNotes;
import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes that are written, after which nothing more comes. */
record DyingNotes(RowNotes notes) implements RowNotes {
  @Override
  public void write(CallScope scope, List<Note> written) {
    notes.write(scope, written);
    throw new IllegalStateException("the process dies here");
  }

  @Override
  public List<Note> ofRows(CallScope scope, Collection<Long> rows) {
    return notes.ofRows(scope, rows);
  }

  @Override
  public List<Note> ofKeys(CallScope scope, Collection<String> keys) {
    return notes.ofKeys(scope, keys);
  }

  @Override
  public List<Note> inOrder(CallScope scope, String from, @Nullable String to, int limit) {
    return notes.inOrder(scope, from, to, limit);
  }

  @Override
  public void forget(CallScope scope, ConversationId conversation) {
    notes.forget(scope, conversation);
  }

  @Override
  public void forget(CallScope scope, UserId user) {
    notes.forget(scope, user);
  }
}
