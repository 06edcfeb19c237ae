package io.kass.ports.index;

import java.util.List;

/**
 * A document's chunks on their way to replace the earlier ones. Until {@link #commit} returns,
 * readers see the earlier set; afterwards, the new one; never a mixture. Closing without a commit
 * leaves the earlier set in place; what was added may be kept, invisibly, for a resumption by the
 * same stamp. Used by one thread.
 */
public interface Replacement extends AutoCloseable {
  /**
   * How many chunks an interrupted run with the same stamp has left; they need not be added again.
   */
  int written();

  /** Adds the next chunks, in document order. */
  void add(List<StoredChunk> batch);

  /**
   * Makes the added chunks the document's chunks, durably.
   *
   * @throws io.kass.ports.error.KassException.Rejected when a later stamp was committed meanwhile
   */
  void commit();

  @Override
  void close();
}
