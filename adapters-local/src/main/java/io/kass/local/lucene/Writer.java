package io.kass.local.lucene;

import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentId;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.DocumentStamp;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the index: changes one after the other, each whole, and durable when the call returns.
 * Thread-safe.
 *
 * <p>A change is made under the lock, and another turn at the lock commits it. Turns are taken in
 * the order of coming: whoever waited to make a change while this one was made comes before its
 * commit, which so commits both, and finds nothing left to do in its own. Readers see commits only;
 * so whatever one change consists of appears at once, and a process that dies leaves the last
 * commit.
 *
 * <p>When anything fails, all that is not committed is given up, and the calls it was made by fail;
 * the next change begins again from the last commit.
 */
final class Writer implements Closeable {
  /** Stamps kept in memory; from time to time they are forgotten, and read from the index. */
  private static final int MOST_RECENT = 20_000;

  private static final long LONGEST_WAIT_SECONDS = 3_600;

  private final IndexDirectory directory;
  private final Path path;
  private final IndexIdentity wanted;
  private final WriterSettings settings;
  private final Readers readers;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock(true);

  // All of these under the lock.
  private final Map<DocumentId, DocumentStamp> recent = new HashMap<>();
  private @Nullable IndexWriter writer;
  private List<Made> uncommitted = new ArrayList<>();
  private boolean closed;

  /** A change that was made, and became durable or was given up. */
  private static final class Made {
    /** Why it was given up, or null. */
    private @Nullable Throwable lost;
  }

  /** What is done to the index; throws {@link KassException} only before it does anything. */
  @FunctionalInterface
  interface Change<T> {
    T make(IndexWriter writer) throws IOException;
  }

  Writer(
      IndexDirectory directory,
      IndexIdentity wanted,
      WriterSettings settings,
      Readers readers,
      InstantSource clock) {
    this.directory = directory;
    this.path = directory.path();
    this.wanted = wanted;
    this.settings = settings;
    this.readers = readers;
    this.clock = clock;
  }

  /** Takes the lock on the index that keeps other processes from writing to it. */
  void open(CallScope scope) {
    lock(scope);
    try {
      opened();
    } catch (IOException e) {
      throw LuceneErrors.from(e, path);
    } finally {
      turn.unlock();
    }
  }

  /** Whether a later state of the document was written already. */
  boolean isStale(CallScope scope, DocumentStamp stamp) {
    lock(scope);
    try {
      return isStale(stamp);
    } finally {
      turn.unlock();
    }
  }

  /** Makes a change, and returns when it is durable. */
  <T> T change(CallScope scope, Change<T> change) {
    var mine = new Made();
    T result;
    lock(scope);
    try {
      result = made(change);
      uncommitted.add(mine);
    } finally {
      turn.unlock();
    }
    turn.lock();
    try {
      if (uncommitted.contains(mine)) {
        commit();
      }
      if (mine.lost != null) {
        throw takenAlong(mine.lost);
      }
      return result;
    } finally {
      turn.unlock();
    }
  }

  /** The failure of another's commit, which this change was a part of. */
  private KassException takenAlong(Throwable why) {
    KassException theirs = LuceneErrors.from(why, path);
    return theirs instanceof Cancelled
        ? new Unavailable(
            "The change was not written, since writing to %s was interrupted just then; try again."
                .formatted(path),
            theirs)
        : theirs;
  }

  private <T> T made(Change<T> change) {
    try {
      return change.make(opened());
    } catch (KassException e) {
      throw e; // before anything was changed
    } catch (IOException | RuntimeException | Error e) {
      giveUp(e);
      throw LuceneErrors.from(e, path);
    }
  }

  /** Commits all changes made so far. Called within a change, commits those before it. */
  void commit() {
    IndexWriter open = writer;
    if (open == null || uncommitted.isEmpty()) {
      return;
    }
    try {
      settings.count(open);
      open.commit();
      uncommitted = new ArrayList<>();
      readers.outdate();
    } catch (IOException | RuntimeException | Error e) {
      giveUp(e);
      throw LuceneErrors.from(e, path);
    }
    if (recent.size() > MOST_RECENT) {
      recent.clear();
    }
  }

  /**
   * Whether a later state of the document was written already. Called within a change.
   *
   * @throws KassException when the index cannot be read
   */
  boolean isStale(DocumentStamp stamp) {
    DocumentStamp last = recent.get(stamp.id());
    if (last == null) {
      last = readers.<@Nullable DocumentStamp>read(snapshot -> snapshot.stamp(stamp.id()));
    }
    return last != null && Bytewise.compare(last.order(), stamp.order()) > 0;
  }

  /** Writes the stamp. Called within a change. */
  void stamp(IndexWriter open, DocumentStamp stamp) throws IOException {
    open.updateDocument(Documents.stampOf(stamp.id()), Documents.of(stamp));
    recent.put(stamp.id(), stamp);
  }

  private IndexWriter opened() throws IOException {
    if (closed) {
      throw new AlreadyClosedException("closed");
    }
    IndexWriter open = writer;
    if (open != null && open.isOpen()) {
      return open;
    }
    if (open != null) {
      // A merge in the background failed.
      Throwable tragic = open.getTragicException();
      giveUp(tragic == null ? new AlreadyClosedException("closed by itself") : tragic);
    }
    boolean exists = exists();
    open = new IndexWriter(directory.made(), settings.create());
    try {
      // Another process may have made it since.
      if (exists || !commitData(open).isEmpty()) {
        IndexIdentity.checked(commitData(open), wanted, path);
      } else {
        open.setLiveCommitData(wanted.create().toCommitData().entrySet());
      }
    } catch (KassException e) {
      open.rollback();
      throw e;
    }
    settings.count(open);
    Holder.note(path);
    writer = open;
    return open;
  }

  /** Whether there is an index; one of other settings is not even opened. */
  private boolean exists() throws IOException {
    Directory from = directory.existing();
    if (from == null) {
      return false;
    }
    try {
      IndexIdentity.checked(SegmentInfos.readLatestCommit(from).getUserData(), wanted, path);
      return true;
    } catch (IndexNotFoundException e) {
      return false;
    }
  }

  private static Map<String, String> commitData(IndexWriter open) {
    Map<String, String> data = new HashMap<>();
    Iterable<Map.Entry<String, String>> live = open.getLiveCommitData();
    if (live != null) {
      live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    }
    return data;
  }

  private void giveUp(Throwable why) {
    uncommitted.forEach(made -> made.lost = why);
    uncommitted = new ArrayList<>();
    recent.clear();
    IndexWriter open = writer;
    writer = null;
    if (open != null) {
      Holder.forget(path);
      try {
        open.rollback();
      } catch (IOException | RuntimeException e) {
        // It is closed all the same, and what made it fail is reported already.
        return;
      }
    }
  }

  private void lock(CallScope scope) {
    scope.check(clock);
    try {
      if (!turn.tryLock(
          Math.min(scope.remaining(clock).toSeconds() + 1, LONGEST_WAIT_SECONDS),
          TimeUnit.SECONDS)) {
        throw new Unavailable("The index was busy for all of the time allowed; try again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("The call was interrupted.", e);
    }
  }

  /** Waits a while for merges that are under way; whatever is committed stays. */
  @Override
  public void close() throws IOException {
    turn.lock();
    try {
      closed = true;
      commit(); // for those who wait for their turn to do so
      IndexWriter open = writer;
      writer = null;
      if (open != null) {
        Holder.forget(path);
        settings.close(open);
      }
    } finally {
      turn.unlock();
    }
  }

  /** A failure that says the stamp is stale. */
  static Rejected stale(DocumentStamp stamp) {
    return new Rejected(
        "A later state of %s is in the index already; this one is ignored.".formatted(stamp.id()));
  }
}
