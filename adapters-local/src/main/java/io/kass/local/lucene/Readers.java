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
import org.apache.lucene.search.IndexSearcher.TooManyClauses;
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
  private volatile @Nullable Snapshot current;
  private volatile boolean outdated;
  private boolean closed;

  /** What is done with a state. */
  @FunctionalInterface
  interface Reading<T extends @Nullable Object> {
    T read(Snapshot snapshot) throws IOException;
  }

  Readers(IndexDirectory directory, IndexIdentity wanted, Similarity similarity) {
    this.directory = directory;
    this.path = directory.path();
    this.wanted = wanted;
    this.similarity = similarity;
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
    } catch (KassException | IOException | AlreadyClosedException | TooManyClauses e) {
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
      } catch (IOException | RuntimeException found) {
        found.addSuppressed(e);
        return LuceneErrors.from(found, path);
      }
    }
    return LuceneErrors.from(e, path);
  }

  private Snapshot acquire() throws IOException {
    while (true) {
      Snapshot snapshot = current;
      if (snapshot == null || !isCurrent(snapshot)) {
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

  /** Called after a commit by this process, so that it sees its own writes whatever the system. */
  void outdate() {
    outdated = true;
  }

  private boolean isCurrent(Snapshot snapshot) {
    return !outdated
        && !snapshot.commitFile().isEmpty()
        && Files.exists(path.resolve(snapshot.commitFile()));
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized Snapshot refresh(@Nullable Snapshot stale) throws IOException {
    if (closed) {
      throw new AlreadyClosedException("closed");
    }
    Snapshot now = current;
    if (now != null && now != stale && !outdated) {
      return now; // another thread was faster
    }
    outdated = false;
    Snapshot next = next(now);
    if (next != now) {
      current = next;
      if (now != null) {
        now.reader().decRef();
      }
    }
    return next;
  }

  private Snapshot next(@Nullable Snapshot stale) throws IOException {
    Directory from = directory.existing();
    SegmentInfos last = from == null ? null : lastCommit(from);
    if (from == null || last == null) {
      return stale != null && stale.commitFile().isEmpty() ? stale : Snapshot.empty(similarity);
    }
    IndexIdentity.checked(last.getUserData(), wanted, path);
    if (stale != null
        && stale.reader() instanceof DirectoryReader reader
        && last.getUserData().equals(stale.commitData())) {
      DirectoryReader next = DirectoryReader.openIfChanged(reader);
      return next == null ? stale : Snapshot.of(next, similarity);
    }
    return Snapshot.of(DirectoryReader.open(from), similarity);
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
    Snapshot last = current;
    if (!closed && last != null) {
      last.reader().decRef();
    }
    closed = true;
  }
}
