package io.kass.local.chroma;

import io.kass.local.chroma.ChromaConnection.Opened;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Scans in the order of keys, which the server does not know. The ids are listed once, the texts
 * and metadata fetched by id and sorted by key in a file; then the vectors are fetched by id, a
 * page at a time. The server's own paging gets slower with each page and skips records when others
 * are deleted. Thread-safe.
 */
final class ChromaScans implements AutoCloseable {
  private static final int TEXTS_BATCH = 1_000;
  private static final int PAGE = 500;
  private static final int PAGE_WITH_VECTORS = 250;
  private static final int PAGE_BYTES = 8 << 20;
  private static final int KEPT = 4;
  private static final int NAMED = 5;

  /** How long a scan may rest before its file goes; it can go on then, but sorts again. */
  private static final Duration REST = Duration.ofMinutes(10);

  /** How long scans of other ranges may use what one has sorted. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** What a scan works on. */
  private static final class Sorted {
    private final String id = UUID.randomUUID().toString();
    private final String collection;
    private final ScanFile file;
    private final Set<String> ids;
    private final Generations.View view;
    private final Instant made;
    private Instant used;

    Sorted(String collection, ScanFile file, Set<String> ids, Generations.View view, Instant made) {
      this.collection = collection;
      this.file = file;
      this.ids = ids;
      this.view = view;
      this.made = made;
      this.used = made;
    }
  }

  private final ChromaConfig config;
  private final ChromaClient client;
  private final ChromaReader reader;
  private final InstantSource clock;
  private final Path directory;
  private final Map<String, Sorted> kept = new LinkedHashMap<>();

  ChromaScans(
      ChromaConfig config,
      ChromaClient client,
      ChromaReader reader,
      InstantSource clock,
      Path directory) {
    this.config = config;
    this.client = client;
    this.reader = reader;
    this.clock = clock;
    this.directory = directory;
  }

  /**
   * The next page.
   *
   * @param noticed run when the records were changed while the scan ran
   */
  Page<StoredChunk> scan(
      CallScope scope,
      Opened opened,
      KeyRange range,
      Cursor cursor,
      boolean vectors,
      Runnable noticed) {
    String token = cursor.token();
    int colon = token.indexOf(':');
    String name = colon < 0 ? "" : token.substring(0, colon);
    String after = token.substring(colon + 1);
    Sorted sorted = find(name);
    if (sorted == null && after.isEmpty() && !range.equals(KeyRange.ALL)) {
      sorted = recent(scope, opened);
    }
    if (sorted == null) {
      sorted = sort(scope, opened);
      keep(sorted);
    }
    ScanFile file = sorted.file;
    int from = after.isEmpty() ? file.position(range.from()) : file.position(after + "!");
    int to = range.to() == null ? file.size() : file.position(range.to());
    int end = end(file, from, to, vectors ? PAGE_WITH_VECTORS : PAGE);
    boolean complete = true;
    List<StoredChunk> page = new ArrayList<>();
    if (vectors) {
      complete = withVectors(scope, opened, file, from, end, page);
    } else {
      Generations.View view = opened.generations().view(scope, null);
      for (int i = from; i < end; i++) {
        StoredChunk chunk = reader.chunk(scope, view, file.record(i), false);
        if (chunk != null) {
          page.add(chunk);
        }
      }
    }
    if (!complete) {
      noticed.run();
    }
    if (end < to) {
      return new Page<>(page, new Cursor(sorted.id + ":" + file.key(end - 1)));
    }
    if (to == file.size()
        && !sorted.ids.equals(Set.copyOf(client.ids(scope, opened.collection())))) {
      noticed.run();
    }
    if (range.equals(KeyRange.ALL)) {
      release(sorted);
    }
    return new Page<>(page, null);
  }

  /**
   * What was sorted a moment ago, when neither KASS nor, as far as the count tells, another has
   * written since: whoever compares range by range would have all records sorted for each.
   */
  private @Nullable Sorted recent(CallScope scope, Opened opened) {
    Sorted latest = latest(opened.collection().id());
    return latest != null
            && clock.instant().isBefore(latest.made.plus(FRESH))
            && latest.view.isCurrent(scope)
            && client.count(scope, opened.collection()) == latest.ids.size()
        ? latest
        : null;
  }

  /** Where a page ends: after so many records, or so many bytes of them. */
  private static int end(ScanFile file, int from, int to, int most) {
    long bytes = 0;
    int end = from;
    while (end < to && end - from < most && (end == from || bytes < PAGE_BYTES)) {
      bytes += file.length(end);
      end++;
    }
    return end;
  }

  /** Whether all records were still there. */
  private boolean withVectors(
      CallScope scope, Opened opened, ScanFile file, int from, int end, List<StoredChunk> page) {
    var records = new ArrayList<ChromaRecord>();
    for (int i = from; i < end; i++) {
      records.add(file.record(i));
    }
    Map<String, ChromaRecord> found = new HashMap<>();
    List<String> ids = records.stream().map(ChromaRecord::id).toList();
    client
        .get(scope, opened.collection(), ids, null, 0, ChromaClient.EMBEDDINGS)
        .forEach(record -> found.put(record.id(), record));
    requireOneDimension(opened, found.values());
    Generations.View view = opened.generations().view(scope, null);
    for (ChromaRecord record : records) {
      ChromaRecord embedded = found.get(record.id());
      if (embedded != null) {
        StoredChunk chunk = reader.chunk(scope, view, with(record, embedded.embedding()), true);
        if (chunk != null) {
          page.add(chunk);
        }
      }
    }
    return found.size() == records.size();
  }

  private static ChromaRecord with(ChromaRecord record, @Nullable Vector embedding) {
    return new ChromaRecord(
        record.id(), record.document(), record.metadata(), embedding, Double.NaN);
  }

  /**
   * Refuses records of another dimension than the collection's, which some servers took.
   *
   * @throws Misconfigured when there are such
   */
  void requireOneDimension(Opened opened, Iterable<ChromaRecord> records) {
    var odd = new ArrayList<String>();
    for (ChromaRecord record : records) {
      Vector embedding = record.embedding();
      if (embedding != null && embedding.dimension() != opened.purpose().dimension()) {
        odd.add("'" + record.id() + "' " + embedding.dimension());
      }
    }
    if (!odd.isEmpty()) {
      throw new Misconfigured(
          "The collection '%s' holds vectors of %d dimensions, but some records have others: %s%s. Delete or embed them again."
              .formatted(
                  config.collection(),
                  opened.purpose().dimension(),
                  String.join(", ", odd.stream().sorted().limit(NAMED).toList()),
                  odd.size() > NAMED ? " and more" : ""));
    }
  }

  private Sorted sort(CallScope scope, Opened opened) {
    List<String> ids = client.ids(scope, opened.collection());
    Generations.View view = opened.generations().view(scope, null);
    try {
      var file = new ScanFile(directory);
      boolean done = false;
      try {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < ids.size(); i += TEXTS_BATCH) {
          List<String> some = ids.subList(i, Math.min(ids.size(), i + TEXTS_BATCH));
          for (ChromaRecord record :
              client.get(scope, opened.collection(), some, null, 0, ChromaClient.TEXTS)) {
            StoredChunk chunk = reader.chunk(scope, view, record, false);
            if (chunk != null && keys.add(chunk.key().hex())) {
              file.add(chunk.key().hex(), record);
            }
          }
        }
        file.sort();
        done = true;
        return new Sorted(opened.collection().id(), file, Set.copyOf(ids), view, clock.instant());
      } finally {
        if (!done) {
          file.close();
        }
      }
    } catch (IOException e) {
      throw ScanFile.failure(e);
    }
  }

  /**
   * The chunks of the legacy application's records that have these keys, with their vectors. Keys
   * are made of what records hold, so that finding one takes the keys of all.
   */
  Map<ChunkKey, StoredChunk> legacy(CallScope scope, Opened opened, Set<ChunkKey> keys) {
    Map<ChunkKey, StoredChunk> found = new TreeMap<>();
    if (keys.isEmpty() || isWithoutLegacy(scope, opened)) {
      return found;
    }
    Sorted sorted = latest(opened.collection().id());
    if (sorted != null) {
      found.putAll(legacy(scope, opened, sorted, keys));
    }
    if (found.size() < keys.size()) {
      sorted = sort(scope, opened);
      keep(sorted);
      found.putAll(legacy(scope, opened, sorted, keys));
    }
    return found;
  }

  private boolean isWithoutLegacy(CallScope scope, Opened opened) {
    return opened.collection().api() == ChromaApi.V2
        && client
            .get(scope, opened.collection(), null, OwnClauses.notOwn(), 1, ChromaClient.NOTHING)
            .isEmpty();
  }

  private Map<ChunkKey, StoredChunk> legacy(
      CallScope scope, Opened opened, Sorted sorted, Set<ChunkKey> keys) {
    var ids = new ArrayList<String>();
    for (ChunkKey key : keys) {
      int at = sorted.file.position(key.hex());
      if (at < sorted.file.size() && sorted.file.key(at).equals(key.hex())) {
        ids.add(sorted.file.record(at).id());
      }
    }
    Generations.View view = opened.generations().view(scope, null);
    Map<ChunkKey, StoredChunk> found = new TreeMap<>();
    for (int i = 0; i < ids.size(); i += PAGE_WITH_VECTORS) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + PAGE_WITH_VECTORS));
      List<ChromaRecord> records =
          client.get(scope, opened.collection(), some, null, 0, ChromaClient.ALL);
      requireOneDimension(opened, records);
      for (ChromaRecord record : records) {
        StoredChunk chunk =
            OwnRecords.isOwn(record) ? null : reader.chunk(scope, view, record, true);
        if (chunk != null && keys.contains(chunk.key())) {
          found.put(chunk.key(), chunk);
        }
      }
    }
    return found;
  }

  private synchronized @Nullable Sorted find(String id) {
    Instant now = clock.instant();
    Iterator<Sorted> all = kept.values().iterator();
    while (all.hasNext()) {
      Sorted sorted = all.next();
      if (sorted.used.plus(REST).isBefore(now)) {
        all.remove();
        close(sorted);
      }
    }
    Sorted found = kept.get(id);
    if (found != null) {
      found.used = now;
    }
    return found;
  }

  private synchronized @Nullable Sorted latest(String collection) {
    Sorted latest = null;
    for (Sorted sorted : kept.values()) {
      latest = sorted.collection.equals(collection) ? sorted : latest;
    }
    return latest;
  }

  private synchronized void keep(Sorted sorted) {
    kept.put(sorted.id, sorted);
    while (kept.size() > KEPT) {
      Sorted eldest = kept.values().iterator().next();
      kept.remove(eldest.id);
      close(eldest);
    }
  }

  private synchronized void release(Sorted sorted) {
    kept.remove(sorted.id);
    close(sorted);
  }

  private static void close(Sorted sorted) {
    try {
      sorted.file.close();
    } catch (IOException e) {
      // A temporary file that could not be removed; it is in no one's way.
      return;
    }
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(ChromaScans::close);
    kept.clear();
  }
}
