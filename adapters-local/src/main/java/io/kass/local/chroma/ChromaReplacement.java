package io.kass.local.chroma;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes a document's new state beside the old one. Nothing of an interrupted one is used again:
 * making chunks again costs little, since their embeddings are kept elsewhere.
 */
final class ChromaReplacement implements Replacement {
  private final ChromaConnection connection;
  private final DocumentWrite write;
  private final DocumentStamp stamp;
  private final CallScope scope;
  private final Supplier<CallScope> afterwards;
  private boolean over;

  /**
   * Begins.
   *
   * @param afterwards the scope in which to clean up when this one has ended
   */
  ChromaReplacement(
      ChromaConnection connection,
      DocumentWrite write,
      DocumentStamp stamp,
      CallScope scope,
      Supplier<CallScope> afterwards) {
    this.connection = connection;
    this.write = write;
    this.stamp = stamp;
    this.scope = scope;
    this.afterwards = afterwards;
  }

  @Override
  public int written() {
    return 0;
  }

  @Override
  public void add(List<StoredChunk> batch) {
    requireOpen();
    for (StoredChunk chunk : batch) {
      if (!chunk.chunk().document().equals(stamp.id())) {
        throw new InvalidRequest(
            "A chunk of %s is not a chunk of %s.".formatted(chunk.chunk().document(), stamp.id()));
      }
      connection.check(chunk);
    }
    write.add(scope, batch);
  }

  @Override
  public void commit() {
    requireOpen();
    write.commit(scope, afterwards.get());
    over = true;
  }

  private void requireOpen() {
    if (over) {
      throw new IllegalStateException("this replacement is over");
    }
  }

  @Override
  public void close() {
    if (over) {
      return;
    }
    over = true;
    try {
      write.abandon(afterwards.get());
    } catch (KassException e) {
      // It is noted, and cleaned up by a later write.
      return;
    }
  }
}
