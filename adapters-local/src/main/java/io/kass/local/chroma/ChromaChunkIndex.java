package io.kass.local.chroma;

import io.kass.local.chroma.ChromaConnection.Opened;
import io.kass.local.chroma.ChromaConnection.Wanted;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Cancellation;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.UserId;
import io.kass.ports.WriteOutcome;
import io.kass.ports.backend.Inspection;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
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
import io.kass.ports.ledger.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A collection of a Chroma server: what the legacy application wrote, as it is, and what KASS
 * writes. Nothing is asked of the server before the first use. Sentences are not kept. Thread-safe.
 */
final class ChromaChunkIndex implements ChunkIndex, AutoCloseable {
  private final ChromaConfig config;
  private final boolean readOnly;
  private final InstantSource clock;
  private final ChromaClient client;
  private final ChromaConnection connection;
  private final ChromaSearch searches;
  private final ChromaWriter writer;
  private final ChromaScans scans;

  /**
   * An index on the server.
   *
   * @param readOnly whether writes are refused
   * @param ledger keeps which write of each document counts; the same as long as the collection
   *     lives
   * @param directory where scans sort
   */
  ChromaChunkIndex(
      ChromaConfig config,
      Wanted wanted,
      boolean readOnly,
      InstantSource clock,
      Ledger ledger,
      Path directory) {
    this.config = config;
    this.readOnly = readOnly;
    this.clock = clock;
    this.client = new ChromaClient(config, clock);
    this.connection = new ChromaConnection(config, client, ledger, wanted);
    var reader = new ChromaReader(new LegacyRecords(config.collection()));
    this.searches = new ChromaSearch(client, reader);
    this.writer = new ChromaWriter(client, reader, clock);
    this.scans = new ChromaScans(config, client, reader, clock, directory);
  }

  Inspection inspection() {
    return new ChromaInspection(config, client, connection);
  }

  @Override
  public IndexDescription description() {
    CallScope scope = ownScope();
    return whileThere(() -> {
      Opened opened = connection.find(scope);
      if (opened == null) {
        return description("", connection.space(), "0", 0);
      }
      Generations generations = opened.generations();
      Generations.State state = generations.state(scope);
      long chunks = client.count(scope, opened.collection());
      if (state != null) {
        for (Generations.Hidden hidden : generations.hidden(scope, generations.open(scope))) {
          chunks -= writer.count(scope, opened, hidden.document(), hidden.generation());
        }
      }
      String revision =
          (state == null ? 0 : state.number()) + "." + generations.noticed(scope) + "." + chunks;
      return description(opened.collection().id(), opened.collection().space(), revision, chunks);
    });
  }

  private IndexDescription description(String id, Space space, String revision, long chunks) {
    Wanted wanted = connection.wanted();
    return new IndexDescription(
        id,
        wanted.model(),
        wanted.dimension(),
        space.metric(),
        wanted.chunker(),
        revision,
        chunks,
        Set.of(SearchMode.VECTOR),
        true,
        Duration.ZERO,
        false);
  }

  @Override
  public Legs search(CallScope scope, ChunkQuery query) {
    scope.check(clock);
    Vector vector = query.vector();
    connection.checkDimension(vector);
    if (vector == null) {
      return Legs.EMPTY;
    }
    return whileThere(() -> {
      Opened opened = connection.find(scope);
      return opened == null ? Legs.EMPTY : searches.search(scope, opened, query, vector);
    });
  }

  /** Several processes may write; but only to a collection that is there and fits. */
  @Override
  public void claim(CallScope scope) {
    checkWritable(scope);
    whileThere(() -> Optional.ofNullable(connection.find(scope)));
  }

  @Override
  public Replacement replace(CallScope scope, DocumentStamp stamp) {
    checkWritable(scope);
    return whileThere(
        () -> new ChromaReplacement(connection, begin(scope, stamp), stamp, scope, this::ownScope));
  }

  @Override
  public boolean remove(CallScope scope, DocumentStamp stamp) {
    checkWritable(scope);
    return whileThere(() -> {
      Opened opened = connection.make(scope);
      Generations.Pointer pointer = opened.generations().pointer(scope, stamp.id());
      if (pointer != null && pointer.isAfter(stamp)) {
        return false;
      }
      begin(scope, stamp).commit(scope, ownScope());
      return true;
    });
  }

  private DocumentWrite begin(CallScope scope, DocumentStamp stamp) {
    Opened opened = connection.make(scope);
    writer.tidy(scope, opened);
    return new DocumentWrite(scope, client, writer, opened, stamp);
  }

  @Override
  public List<WriteOutcome> put(CallScope scope, List<StoredChunk> chunks) {
    checkWritable(scope);
    chunks.forEach(connection::check);
    return whileThere(() -> writer.put(scope, connection.make(scope), chunks));
  }

  @Override
  public List<WriteOutcome> delete(CallScope scope, Set<ChunkKey> keys) {
    checkWritable(scope);
    return whileThere(() -> {
      Opened opened = connection.find(scope);
      Set<ChunkKey> deleted = opened == null ? Set.of() : writer.delete(scope, opened, keys);
      Set<ChunkKey> others = new TreeSet<>(keys);
      others.removeAll(deleted);
      Set<ChunkKey> legacy =
          opened == null ? Set.of() : scans.legacy(scope, opened, others).keySet();
      List<WriteOutcome> outcomes = new ArrayList<>();
      for (ChunkKey key : new TreeSet<>(keys)) {
        outcomes.add(
            deleted.contains(key)
                ? new WriteOutcome.Done(key.hex())
                : legacy.contains(key)
                    ? ChromaWriter.untouchable(key)
                    : new WriteOutcome.Absent(key.hex()));
      }
      return outcomes;
    });
  }

  @Override
  public List<StoredChunk> get(CallScope scope, Set<ChunkKey> keys) {
    scope.check(clock);
    return whileThere(() -> {
      Opened opened = connection.find(scope);
      return opened == null || keys.isEmpty() ? List.of() : get(scope, opened, keys);
    });
  }

  private List<StoredChunk> get(CallScope scope, Opened opened, Set<ChunkKey> keys) {
    Map<ChunkKey, StoredChunk> found = new TreeMap<>();
    writer
        .visible(scope, opened, keys, ChromaClient.ALL)
        .forEach((record, chunk) -> found.put(chunk.key(), chunk));
    Set<ChunkKey> others =
        keys.stream().filter(key -> !found.containsKey(key)).collect(Collectors.toSet());
    found.putAll(scans.legacy(scope, opened, others));
    return List.copyOf(found.values());
  }

  @Override
  public Page<StoredChunk> scan(CallScope scope, KeyRange range, Cursor cursor, boolean vectors) {
    scope.check(clock);
    return whileThere(() -> {
      Opened opened = connection.find(scope);
      return opened == null
          ? new Page<>(List.of(), null)
          : scans.scan(scope, opened, range, cursor, vectors, () -> noticed(scope, opened));
    });
  }

  private void noticed(CallScope scope, Opened opened) {
    if (!readOnly) {
      opened.generations().notice(scope);
    }
  }

  private void checkWritable(CallScope scope) {
    scope.check(clock);
    if (readOnly) {
      throw new Rejected(
          "The collection '%s' is open for reading only.".formatted(config.collection()));
    }
  }

  /** What was found before is forgotten when the collection is no longer there. */
  private <T> T whileThere(Supplier<T> work) {
    try {
      return work.get();
    } catch (NotFound e) {
      connection.forget();
      throw new Misconfigured(e.getMessage(), e);
    }
  }

  /** A scope for what is done on nobody's behalf: several requests. */
  private CallScope ownScope() {
    return new CallScope(
        Caller.of(new UserId("kass")),
        clock.instant().plus(config.timeout().multipliedBy(4)),
        new Cancellation(),
        "chroma");
  }

  @Override
  public void close() {
    scans.close();
    client.close();
  }
}
