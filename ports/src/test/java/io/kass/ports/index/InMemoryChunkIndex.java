package io.kass.ports.index;

import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.WriteOutcome;
import io.kass.ports.document.DocumentId;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** An index in memory: exact, immediate, slow. Thread-safe. */
public final class InMemoryChunkIndex implements ChunkIndex {
  private static final int PAGE_SIZE = 100;

  /** What outlives an index that was closed. */
  public static final class Storage {
    private final NavigableMap<ChunkKey, StoredChunk> chunks = new TreeMap<>();
    private final Map<DocumentId, DocumentStamp> stamps = new HashMap<>();
    private String id = "";
    private String madeFor = "";
    private long revision;

    /** Nothing yet. */
    public Storage() {}
  }

  private final Storage storage;
  private final String model;
  private final int dimension;
  private final Metric metric;
  private final String chunker;
  private final String madeFor;

  /** An empty index for vectors of this model. */
  public InMemoryChunkIndex(String model, int dimension, String chunker) {
    this(new Storage(), model, dimension, Metric.COSINE, chunker);
  }

  /**
   * Opens what is stored.
   *
   * @throws Misconfigured when it holds something else
   */
  public InMemoryChunkIndex(
      Storage storage, String model, int dimension, Metric metric, String chunker) {
    this.storage = storage;
    this.model = model;
    this.dimension = dimension;
    this.metric = metric;
    this.chunker = chunker;
    this.madeFor =
        "model %s, dimension %d, metric %s, chunker %s"
            .formatted(model, dimension, metric, chunker);
    synchronized (storage) {
      if (!storage.id.isEmpty() && !storage.madeFor.equals(madeFor)) {
        throw new Misconfigured(
            "The index was built for %s, not for %s: rebuild it."
                .formatted(storage.madeFor, madeFor));
      }
    }
  }

  @Override
  public IndexDescription description() {
    synchronized (storage) {
      return new IndexDescription(
          storage.id,
          model,
          dimension,
          metric,
          chunker,
          Long.toString(storage.revision),
          storage.chunks.size(),
          Set.of(SearchMode.VECTOR, SearchMode.KEYWORD),
          true,
          Duration.ZERO,
          true);
    }
  }

  @Override
  public Legs search(CallScope scope, ChunkQuery query) {
    scope.check(InstantSource.system());
    checkDimension(query.vector());
    synchronized (storage) {
      Collection<StoredChunk> all = storage.chunks.values();
      List<StoredChunk> visible =
          all.stream()
              .filter(c -> query.audience().meets(c.chunk().audience()))
              .filter(c -> FilterMatch.test(query.filter(), c.chunk()))
              .toList();
      WordRanking ranking = new WordRanking(all, query.text() == null ? "" : query.text());
      Vector wanted = query.vector();
      List<Hit> nearest =
          wanted == null
              ? List.of()
              : best(
                  visible.stream().filter(c -> c.vector() != null).toList(),
                  c -> cosine(wanted, c.vector()),
                  query,
                  ranking);
      List<Hit> matching =
          best(
              visible.stream().filter(c -> ranking.score(c) > 0).toList(),
              ranking::score,
              query,
              ranking);
      return new Legs(nearest, matching, ranking.terms());
    }
  }

  private static List<Hit> best(
      List<StoredChunk> found,
      ToDoubleFunction<StoredChunk> score,
      ChunkQuery query,
      WordRanking ranking) {
    return found.stream()
        .map(c ->
            new Hit(
                new StoredChunk(c.chunk(), null, query.sentences() ? c.sentences() : List.of()),
                score.applyAsDouble(c),
                ranking.contained(c)))
        .sorted(
            Comparator.comparingDouble(Hit::score).reversed().thenComparing(h -> h.chunk().key()))
        .limit(query.limit())
        .toList();
  }

  private static double cosine(Vector a, @Nullable Vector b) {
    if (b == null) {
      throw new IllegalArgumentException("a chunk without a vector is not near to anything");
    }
    double dot = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.get(i) * b.get(i);
    }
    return Math.clamp(dot / (a.length() * b.length()), -1, 1);
  }

  @Override
  public void claim(CallScope scope) {
    scope.check(InstantSource.system());
  }

  @Override
  public Replacement replace(CallScope scope, DocumentStamp stamp) {
    scope.check(InstantSource.system());
    requireFresh(stamp);
    return new InMemoryReplacement(stamp);
  }

  @Override
  public boolean remove(CallScope scope, DocumentStamp stamp) {
    scope.check(InstantSource.system());
    synchronized (storage) {
      if (isStale(stamp)) {
        return false;
      }
      change(stamp, Map.of());
      return true;
    }
  }

  @Override
  public List<WriteOutcome> put(CallScope scope, List<StoredChunk> chunks) {
    scope.check(InstantSource.system());
    chunks.forEach(this::checkDimensions);
    synchronized (storage) {
      chunks.forEach(c -> storage.chunks.put(c.key(), c));
      changed();
      return chunks.stream().<WriteOutcome>map(c -> new WriteOutcome.Done(c.key().hex())).toList();
    }
  }

  @Override
  public List<WriteOutcome> delete(CallScope scope, Set<ChunkKey> keys) {
    scope.check(InstantSource.system());
    synchronized (storage) {
      List<WriteOutcome> outcomes = new ArrayList<>();
      for (ChunkKey key : new TreeSet<>(keys)) {
        outcomes.add(
            storage.chunks.remove(key) == null
                ? new WriteOutcome.Absent(key.hex())
                : new WriteOutcome.Done(key.hex()));
      }
      changed();
      return outcomes;
    }
  }

  @Override
  public List<StoredChunk> get(CallScope scope, Set<ChunkKey> keys) {
    scope.check(InstantSource.system());
    synchronized (storage) {
      return new TreeSet<>(keys)
          .stream().filter(storage.chunks::containsKey).map(storage.chunks::get).toList();
    }
  }

  @Override
  public Page<StoredChunk> scan(CallScope scope, KeyRange range, Cursor cursor, boolean vectors) {
    scope.check(InstantSource.system());
    synchronized (storage) {
      List<StoredChunk> found =
          storage.chunks.values().stream()
              .filter(c -> range.contains(c.key().hex()))
              .filter(c -> c.key().hex().compareTo(cursor.token()) > 0)
              .map(c -> vectors ? c : new StoredChunk(c.chunk(), null, List.of()))
              .limit(PAGE_SIZE)
              .toList();
      return new Page<>(
          found,
          found.size() < PAGE_SIZE ? null : new Cursor(found.get(PAGE_SIZE - 1).key().hex()));
    }
  }

  private void change(DocumentStamp stamp, Map<ChunkKey, StoredChunk> chunks) {
    storage.chunks.values().removeIf(c -> c.chunk().document().equals(stamp.id()));
    storage.chunks.putAll(chunks);
    storage.stamps.put(stamp.id(), stamp);
    changed();
  }

  private void changed() {
    storage.revision++;
    if (storage.id.isEmpty()) {
      storage.id = UUID.randomUUID().toString();
      storage.madeFor = madeFor;
    }
  }

  private void requireFresh(DocumentStamp stamp) {
    synchronized (storage) {
      if (isStale(stamp)) {
        throw new Rejected(
            "A later state of " + stamp.id() + " is already in the index; this one is ignored.");
      }
    }
  }

  private boolean isStale(DocumentStamp stamp) {
    DocumentStamp last = storage.stamps.get(stamp.id());
    return last != null && Bytewise.compare(last.order(), stamp.order()) > 0;
  }

  private void checkDimensions(StoredChunk chunk) {
    checkDimension(chunk.vector());
    chunk.sentences().forEach(sentence -> checkDimension(sentence.vector()));
  }

  private void checkDimension(@Nullable Vector vector) {
    if (vector != null && vector.dimension() != dimension) {
      throw new InvalidRequest(
          "A vector has %d dimensions, the index has %d.".formatted(vector.dimension(), dimension));
    }
  }

  private final class InMemoryReplacement implements Replacement {
    private final DocumentStamp stamp;
    private final Map<ChunkKey, StoredChunk> added = new LinkedHashMap<>();
    private boolean closed;

    InMemoryReplacement(DocumentStamp stamp) {
      this.stamp = stamp;
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
              "A chunk of " + chunk.chunk().document() + " is not of " + stamp.id() + ".");
        }
        checkDimensions(chunk);
      }
      batch.forEach(chunk -> added.put(chunk.key(), chunk));
    }

    @Override
    public void commit() {
      requireOpen();
      synchronized (storage) {
        requireFresh(stamp);
        change(stamp, added);
      }
      closed = true;
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() {
      if (closed) {
        throw new IllegalStateException("this replacement is over");
      }
    }
  }
}
