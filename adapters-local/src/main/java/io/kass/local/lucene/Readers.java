package io.kass.local.lucene;

import io.kass.ports.error.KassException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Gives readers the last committed state, whichever process committed it. Thread-safe.
 *
 * <p>Finding out whether there is a newer one costs a look at one file: Lucene removes the file of
 * a commit when the next one is complete.
 */
final class Readers implements Closeable {
  private final IndexDirectory directory;
  private final Path path;
  private final IndexIdentity wanted;
  private final Similarity similarity;
  private volatile Snapshot current;
  private boolean closed;

  /** What is done with a state. */
  @FunctionalInterface
  interface Reading<T extends @Nullable Object> {
    T read(Snapshot snapshot) throws IOException;
  }

  Readers(IndexDirectory directory, IndexIdentity wanted, Similarity similarity)
      throws IOException {
    this.directory = directory;
    this.path = directory.path();
    this.wanted = wanted;
    this.similarity = similarity;
    current = Snapshot.empty(similarity);
  }

  /**
   * Reads from the last committed state.
   *
   * @throws KassException for whatever goes wrong
   */
  <T extends @Nullable Object> T read(Reading<T> reading) {
    Snapshot snapshot = null;
    try {
      snapshot = acquire();
      return reading.read(snapshot);
    } catch (KassException | IOException e) {
      throw LuceneErrors.from(e, path);
    } catch (RuntimeException | AssertionError e) {
      throw unexpected(snapshot, e);
    } finally {
      release(snapshot);
    }
  }

  /** Damage shows in many ways; the checksums tell it from a fault of ours. */
  private KassException unexpected(@Nullable Snapshot snapshot, Throwable e) {
    if (snapshot != null) {
      try {
        for (LeafReaderContext leaf : snapshot.reader().leaves()) {
          leaf.reader().checkIntegrity();
        }
      } catch (IOException damage) {
        damage.addSuppressed(e);
        return LuceneErrors.from(damage, path);
      }
    }
    return LuceneErrors.from(e, path);
  }

  private Snapshot acquire() throws IOException {
    while (true) {
      Snapshot snapshot = current;
      if (!isCurrent(snapshot)) {
        snapshot = refresh(snapshot);
      }
      if (snapshot.reader().tryIncRef()) {
        return snapshot;
      }
      if (isClosed()) {
        throw new AlreadyClosedException("closed");
      }
    }
  }

  private void release(@Nullable Snapshot snapshot) {
    if (snapshot != null) {
      try {
        snapshot.reader().decRef();
      } catch (IOException e) {
        // Only closing files that were read: what was read is good.
        return;
      }
    }
  }

  private boolean isCurrent(Snapshot snapshot) {
    return !snapshot.commitFile().isEmpty() && Files.exists(path.resolve(snapshot.commitFile()));
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized Snapshot refresh(Snapshot stale) throws IOException {
    if (closed) {
      throw new AlreadyClosedException("closed");
    }
    if (current == stale) {
      Snapshot next = next(stale);
      if (next != stale) {
        current = next;
        stale.reader().decRef();
      }
    }
    return current;
  }

  private Snapshot next(Snapshot stale) throws IOException {
    Directory from = directory.existing();
    SegmentInfos last = from == null ? null : lastCommit(from);
    if (from == null || last == null) {
      return stale.commitFile().isEmpty() ? stale : Snapshot.empty(similarity);
    }
    IndexIdentity.checked(last.getUserData(), wanted, path);
    DirectoryReader next = null;
    if (stale.reader() instanceof DirectoryReader reader
        && last.getUserData().equals(stale.commitData())) {
      next = DirectoryReader.openIfChanged(reader);
      if (next == null) {
        return stale;
      }
    }
    return Snapshot.of(next == null ? DirectoryReader.open(from) : next, similarity);
  }

  /** Null when nothing was ever committed, or it was deleted to be built anew. */
  private static @Nullable SegmentInfos lastCommit(Directory from) throws IOException {
    try {
      return SegmentInfos.readLatestCommit(from);
    } catch (IndexNotFoundException e) {
      return null;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      current.reader().decRef();
    }
  }
}
