package io.kass.ports.index;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.WriteOutcome;
import java.util.List;
import java.util.Set;

/**
 * Keeps and searches chunks. Thread-safe. Writers of different documents do not disturb one
 * another; a reader never sees part of a document's change.
 */
public interface ChunkIndex {
  /** What this index holds and can do, now. */
  IndexDescription description();

  /**
   * Searches the asked-for legs, over one state of the index.
   *
   * @throws io.kass.ports.error.KassException.InvalidRequest when the vector's dimension is not the
   *     index's
   */
  Legs search(CallScope scope, ChunkQuery query);

  /**
   * Makes sure that this process may write, before any work is done for it. Changes nothing. Where
   * one process writes at a time, it is this one from now on until it closes the index.
   *
   * @throws io.kass.ports.error.KassException.Rejected when another process is writing
   */
  void claim(CallScope scope);

  /**
   * Begins to replace all chunks of a document. Resumes an interrupted replacement of the same
   * stamp where the store keeps such; a later stamp makes an open earlier one void.
   *
   * @throws io.kass.ports.error.KassException.Rejected when a later stamp was already committed
   */
  Replacement replace(CallScope scope, DocumentStamp stamp);

  /**
   * Removes all chunks of a document, and remembers the stamp, so that a late write of an earlier
   * state does not bring it back.
   *
   * @return false when the stamp is stale: a later one was already committed, nothing was removed
   */
  boolean remove(CallScope scope, DocumentStamp stamp);

  /**
   * Writes single chunks, each whole, replacing those of the same key; for migration and repair.
   *
   * @return one outcome a chunk, in the same order
   */
  List<WriteOutcome> put(CallScope scope, List<StoredChunk> chunks);

  /** Deletes single chunks; one outcome a key, ordered by key. */
  List<WriteOutcome> delete(CallScope scope, Set<ChunkKey> keys);

  /** The chunks of these keys that exist, with vectors and sentences, ordered by key. */
  List<StoredChunk> get(CallScope scope, Set<ChunkKey> keys);

  /**
   * Pages through the chunks of a range in ascending order of their keys, each exactly once, in
   * bounded memory. Chunks that are written or deleted meanwhile may or may not show; all others
   * do.
   *
   * @param vectors whether vectors and sentences are wanted
   */
  Page<StoredChunk> scan(CallScope scope, KeyRange range, Cursor cursor, boolean vectors);
}
