package io.kass.local.chroma;

import io.kass.local.chroma.ChromaConnection.Opened;
import io.kass.local.chroma.Generations.Pointer;
import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.Lease;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document's new state on its way: its records are written under a generation of their own, and
 * count when the document's pointer has moved to it. Used by one thread.
 */
final class DocumentWrite {
  private final ChromaClient client;
  private final ChromaWriter writer;
  private final Opened opened;
  private final DocumentStamp stamp;
  private final String generation = UUID.randomUUID().toString().replace("-", "");
  private final String owner = UUID.randomUUID().toString();
  private final Set<String> written = new HashSet<>();
  private Generations.@Nullable Open open;
  private @Nullable Lease lease;

  /**
   * Begins.
   *
   * @throws Rejected when a later stamp was already committed
   */
  DocumentWrite(
      CallScope scope,
      ChromaClient client,
      ChromaWriter writer,
      Opened opened,
      DocumentStamp stamp) {
    this.client = client;
    this.writer = writer;
    this.opened = opened;
    this.stamp = stamp;
    fresh(scope);
  }

  /** The document's pointer, which must not be later than this. */
  private @Nullable Pointer fresh(CallScope scope) {
    Pointer pointer = opened.generations().pointer(scope, stamp.id());
    if (pointer != null && pointer.isAfter(stamp)) {
      throw Generations.stale(stamp);
    }
    return pointer;
  }

  void add(CallScope scope, List<StoredChunk> chunks) {
    if (chunks.isEmpty()) {
      return;
    }
    begun(scope, fresh(scope));
    var rows = new ArrayList<ChromaRow>();
    var again = new ArrayList<String>();
    for (StoredChunk chunk : chunks) {
      ChromaRow row = opened.own().write(chunk, generation);
      rows.add(row);
      if (!written.add(row.id())) {
        again.add(row.id());
      }
    }
    // Otherwise the metadata of both would be there.
    client.delete(scope, opened.collection(), again);
    writer.upsert(scope, opened, rows);
  }

  /** Writes down that it has begun, and goes on holding it. */
  private Lease begun(CallScope scope, @Nullable Pointer pointer) {
    Generations generations = opened.generations();
    Lease held = generations.lease(scope, generation, owner);
    Lease before = lease;
    if (held == null || (before != null && before.fence() != held.fence())) {
      throw Generations.abandoned(stamp.id());
    }
    lease = held;
    String replaces = pointer == null ? Generations.NONE : pointer.generation();
    Generations.Open known = open;
    if (known == null || !known.replaces().equals(replaces)) {
      open = generations.open(scope, known, stamp.id(), generation, replaces);
    }
    return held;
  }

  /**
   * Makes it count. What it replaces is deleted then, or later if that fails.
   *
   * @param afterwards the scope in which that is done: it counts already, whatever ends then
   * @throws Rejected when a later stamp was committed meanwhile
   */
  void commit(CallScope scope, CallScope afterwards) {
    Generations generations = opened.generations();
    Pointer pointer;
    Lease held;
    do {
      pointer = fresh(scope);
      held = begun(scope, pointer);
      generations.raise(scope, opened.purpose());
    } while (!generations.move(scope, stamp, pointer, generation, held));
    try {
      generations.raise(afterwards, opened.purpose());
      end(afterwards, pointer == null ? Generations.NONE : pointer.generation());
    } catch (KassException e) {
      // What could not be deleted is noted, hidden, and deleted by a later write.
      return;
    }
  }

  /** Deletes what was written, when it shall not count. */
  void abandon(CallScope scope) {
    end(scope, generation);
  }

  private void end(CallScope scope, String hidden) {
    Generations.Open begun = open;
    if (begun != null) {
      writer.deleteGeneration(scope, opened, stamp.id(), hidden);
      opened.generations().close(scope, begun, lease);
      open = null;
    }
  }
}
