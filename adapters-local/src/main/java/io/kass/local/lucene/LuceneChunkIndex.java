package io.kass.local.lucene;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.WriteOutcome;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.ChunkQuery;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.IndexDescription;
import io.kass.ports.index.Legs;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.SearchMode;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.jspecify.annotations.Nullable;

/** The chunk index in a directory. Thread-safe. Closing it waits for the change being made. */
final class LuceneChunkIndex implements ChunkIndex, AutoCloseable {
  // Held, so that the setting is not collected: Lucene recommends a flag of the JVM on the
  // terminal.
  private static final Logger LUCENE_LOGGER = Logger.getLogger("org.apache.lucene");

  static {
    LUCENE_LOGGER.setLevel(Level.SEVERE);
  }

  private final LuceneConfig config;
  private final IndexIdentity wanted;
  private final boolean readOnly;
  private final InstantSource clock;
  private final IndexDirectory directory;
  private final Readers readers;
  private final Writer writer;
  private final Searches searches;

  /**
   * Opens it. Nothing is read before the first call, nothing made before the first write.
   *
   * @param readOnly whether writes are refused
   */
  LuceneChunkIndex(
      LuceneConfig config,
      IndexIdentity wanted,
      boolean readOnly,
      InstantSource clock,
      IndexDirectory directory) {
    this.config = config;
    this.wanted = wanted;
    this.readOnly = readOnly;
    this.clock = clock;
    this.directory = directory;
    var analyzer = new FieldAnalyzer();
    var similarity = new BM25Similarity((float) config.bm25K1(), (float) config.bm25B());
    readers = new Readers(directory, wanted, similarity);
    var settings = new WriterSettings(config, analyzer, similarity);
    writer = new Writer(directory, wanted, settings, readers, clock);
    searches = new Searches(config, analyzer, wanted.dimension());
  }

  @Override
  public IndexDescription description() {
    return readers.read(snapshot ->
        new IndexDescription(
            snapshot.commitData().getOrDefault("kass.id", ""),
            wanted.model(),
            wanted.dimension(),
            wanted.metric(),
            wanted.chunker(),
            snapshot.revision(),
            snapshot.chunks(),
            Set.of(SearchMode.VECTOR, SearchMode.KEYWORD),
            true,
            Duration.ZERO,
            true));
  }

  @Override
  public Legs search(CallScope scope, ChunkQuery query) {
    scope.check(clock);
    checkDimension(query.vector());
    return readers.read(snapshot -> searches.search(snapshot, query));
  }

  @Override
  public void claim(CallScope scope) {
    checkWritable(scope);
    writer.open(scope);
  }

  @Override
  public Replacement replace(CallScope scope, DocumentStamp stamp) {
    checkWritable(scope);
    writer.open(scope);
    if (writer.isStale(scope, stamp)) {
      throw Writer.stale(stamp);
    }
    var buffer = new ChunkBuffer(directory.path(), config.bufferedChunks());
    return new LuceneReplacement(this, writer, scope, stamp, buffer);
  }

  @Override
  public boolean remove(CallScope scope, DocumentStamp stamp) {
    checkWritable(scope);
    return writer.change(
        scope,
        open -> {
          if (writer.isStale(stamp)) {
            return false;
          }
          open.deleteDocuments(Documents.chunksOf(stamp.id()));
          writer.stamp(open, stamp);
          return true;
        });
  }

  @Override
  public List<WriteOutcome> put(CallScope scope, List<StoredChunk> chunks) {
    checkWritable(scope);
    chunks.forEach(this::check);
    return writer.change(
        scope,
        open -> {
          List<WriteOutcome> outcomes = new ArrayList<>(chunks.size());
          for (StoredChunk chunk : chunks) {
            open.updateDocument(
                Documents.key(chunk.key()), Documents.of(chunk, wanted.dimension()));
            outcomes.add(new WriteOutcome.Done(chunk.key().hex()));
          }
          return outcomes;
        });
  }

  @Override
  public List<WriteOutcome> delete(CallScope scope, Set<ChunkKey> keys) {
    checkWritable(scope);
    return writer.change(
        scope,
        open -> {
          writer.commit(); // so that what is there can be seen
          Set<ChunkKey> present = readers.read(snapshot -> snapshot.find(keys).keySet());
          List<WriteOutcome> outcomes = new ArrayList<>(keys.size());
          for (ChunkKey key : new TreeSet<>(keys)) {
            if (present.contains(key)) {
              open.deleteDocuments(Documents.key(key));
              outcomes.add(new WriteOutcome.Done(key.hex()));
            } else {
              outcomes.add(new WriteOutcome.Absent(key.hex()));
            }
          }
          return outcomes;
        });
  }

  @Override
  public List<StoredChunk> get(CallScope scope, Set<ChunkKey> keys) {
    scope.check(clock);
    return readers.read(snapshot -> {
      var reader = new ChunkReader(snapshot, wanted.dimension(), true, true);
      List<StoredChunk> found = new ArrayList<>();
      for (int document : snapshot.find(keys).values()) {
        found.add(reader.read(document));
      }
      return found;
    });
  }

  @Override
  public Page<StoredChunk> scan(CallScope scope, KeyRange range, Cursor cursor, boolean vectors) {
    scope.check(clock);
    return readers.read(snapshot -> {
      var reader = new ChunkReader(snapshot, wanted.dimension(), vectors, vectors);
      return KeyScan.page(snapshot, range, cursor, reader);
    });
  }

  int dimension() {
    return wanted.dimension();
  }

  /** Ends the work here when its scope has ended. */
  void check(CallScope scope) {
    scope.check(clock);
  }

  /** Refuses what this index cannot hold, before anything is written. */
  void check(StoredChunk chunk) {
    checkDimension(chunk.vector());
    chunk.sentences().forEach(sentence -> checkDimension(sentence.vector()));
  }

  KassException failure(IOException e) {
    return LuceneErrors.from(e, directory.path());
  }

  private void checkWritable(CallScope scope) {
    scope.check(clock);
    if (readOnly) {
      throw new Rejected("The index in %s is open for reading only.".formatted(directory.path()));
    }
  }

  private void checkDimension(@Nullable Vector vector) {
    if (vector != null && vector.dimension() != wanted.dimension()) {
      throw new InvalidRequest(
          "A vector has %d dimensions, but this index is for vectors of %d."
              .formatted(vector.dimension(), wanted.dimension()));
    }
  }

  @Override
  public void close() {
    try (directory;
        readers) {
      writer.close();
    } catch (IOException e) {
      throw LuceneErrors.from(e, directory.path());
    }
  }
}
