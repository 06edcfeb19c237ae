package io.kass.local.chroma;

import io.kass.local.chroma.ChromaConnection.Opened;
import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.WriteOutcome;
import io.kass.ports.document.DocumentId;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.Lease;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes and deletes records. Single ones replace what is there, one by one; those of a document's
 * new state are written beside the old ones. Thread-safe.
 */
final class ChromaWriter {
  /** More records in one request bring nothing. */
  private static final int BATCH = 200;

  /** A request is not much longer than this, unless one record is. Servers take 40 MB. */
  private static final long BATCH_BYTES = 4L << 20;

  private static final long LARGEST_RECORD = 36L << 20;
  private static final int ATTEMPTS = 20;

  private final ChromaClient client;
  private final ChromaReader reader;
  private final InstantSource clock;
  private final String owner = UUID.randomUUID().toString();

  ChromaWriter(ChromaClient client, ChromaReader reader, InstantSource clock) {
    this.client = client;
    this.reader = reader;
    this.clock = clock;
  }

  /** Writes rows; a row after another of the same id has the last word. */
  void upsert(CallScope scope, Opened opened, List<ChromaRow> rows) {
    var batch = new LinkedHashMap<String, ChromaRow>();
    long size = 0;
    int most = Math.min(BATCH, opened.collection().batch());
    for (ChromaRow row : rows) {
      long next = row.size();
      if (next > LARGEST_RECORD) {
        throw new InvalidRequest(
            "A chunk of %d MB is more than Chroma takes; cut it smaller.".formatted(next >> 20));
      }
      if (!batch.isEmpty() && (batch.size() == most || size + next > BATCH_BYTES)) {
        client.upsert(scope, opened.collection(), List.copyOf(batch.values()));
        batch.clear();
        size = 0;
      }
      batch.put(row.id(), row);
      size += next;
    }
    if (!batch.isEmpty()) {
      client.upsert(scope, opened.collection(), List.copyOf(batch.values()));
    }
  }

  /** Writes single chunks. */
  List<WriteOutcome> put(CallScope scope, Opened opened, List<StoredChunk> chunks) {
    var last = new LinkedHashMap<ChunkKey, StoredChunk>();
    chunks.forEach(chunk -> last.put(chunk.key(), chunk));
    Map<ChunkKey, WriteOutcome> outcomes = new HashMap<>();
    if (opened.generations().state(scope) == null) {
      // Before the first record: readers of an untouched collection look for none of ours.
      opened.generations().raise(scope, opened.purpose());
    }
    var batch = new ArrayList<StoredChunk>();
    for (StoredChunk chunk : last.values()) {
      if (reader.legacy().isRecord(chunk.chunk())) {
        outcomes.put(chunk.key(), untouchable(chunk.key()));
        continue;
      }
      batch.add(chunk);
      if (batch.size() == BATCH) {
        outcomes.putAll(put(scope, opened, List.copyOf(batch), true));
        batch.clear();
      }
    }
    outcomes.putAll(put(scope, opened, batch, true));
    return chunks.stream().map(chunk -> outcomes.get(chunk.key())).toList();
  }

  /** That a key is of a record of the legacy application. */
  static WriteOutcome untouchable(ChunkKey key) {
    return new WriteOutcome.Failed(
        key.hex(),
        false,
        "It is a record of the legacy application, which goes only with its whole document.");
  }

  private Map<ChunkKey, WriteOutcome> put(
      CallScope scope, Opened opened, List<StoredChunk> batch, boolean divisible) {
    var outcomes = new HashMap<ChunkKey, WriteOutcome>();
    if (batch.isEmpty()) {
      return outcomes;
    }
    try {
      putAll(scope, opened, batch);
      batch.forEach(chunk -> outcomes.put(chunk.key(), new WriteOutcome.Done(chunk.key().hex())));
    } catch (InvalidRequest e) {
      if (!divisible || batch.size() == 1) {
        batch.forEach(chunk -> outcomes.put(chunk.key(), failed(chunk.key(), false, e)));
      } else {
        // One of them is at fault; the others shall not suffer.
        batch.forEach(chunk -> outcomes.putAll(put(scope, opened, List.of(chunk), false)));
      }
    } catch (Unavailable | Throttled e) {
      scope.check(clock);
      batch.forEach(chunk -> outcomes.put(chunk.key(), failed(chunk.key(), true, e)));
    }
    return outcomes;
  }

  private static WriteOutcome failed(ChunkKey key, boolean passing, KassException e) {
    return new WriteOutcome.Failed(key.hex(), passing, e.getMessage());
  }

  private void putAll(CallScope scope, Opened opened, List<StoredChunk> batch) {
    Generations generations = opened.generations();
    for (int i = 0; i < ATTEMPTS; i++) {
      Generations.View view = generations.view(scope, null);
      List<ChromaRecord> there = own(scope, opened, keys(batch), ChromaClient.METADATAS);
      var names = new HashMap<String, Set<String>>();
      there.forEach(record -> names.put(record.id(), record.metadata().values().keySet()));
      var rows = new ArrayList<ChromaRow>();
      for (StoredChunk chunk : batch) {
        String generation = view.generation(scope, chunk.chunk().document());
        ChromaRow row = opened.own().write(chunk, generation);
        rows.add(row.over(names.getOrDefault(row.id(), Set.of())));
      }
      upsert(scope, opened, rows);
      generations.raise(scope, opened.purpose());
      // The same key may be there under another document.
      Set<String> written = rows.stream().map(ChromaRow::id).collect(Collectors.toSet());
      List<String> others =
          there.stream()
              .filter(record -> !written.contains(record.id()))
              .filter(record -> reader.chunk(scope, view, record, false) != null)
              .map(ChromaRecord::id)
              .toList();
      client.delete(scope, opened.collection(), others);
      Generations.View now = generations.view(scope, null);
      boolean stands =
          batch.stream()
              .map(chunk -> chunk.chunk().document())
              .distinct()
              .allMatch(d -> now.generation(scope, d).equals(view.generation(scope, d)));
      if (stands) {
        return;
      }
    }
    throw new Unavailable("The documents are being replaced all the time; try again.");
  }

  private static List<ChunkKey> keys(List<StoredChunk> chunks) {
    return chunks.stream().map(StoredChunk::key).toList();
  }

  /** The records of these chunks that KASS wrote, of any generation. */
  List<ChromaRecord> own(
      CallScope scope, Opened opened, Collection<ChunkKey> keys, List<String> include) {
    var found = new ArrayList<ChromaRecord>();
    List<ChunkKey> all = List.copyOf(keys);
    for (int i = 0; i < all.size(); i += BATCH) {
      List<ChunkKey> some = all.subList(i, Math.min(all.size(), i + BATCH));
      found.addAll(client.get(scope, opened.collection(), null, OwnClauses.keys(some), 0, include));
    }
    return found;
  }

  /** The chunks that KASS wrote, by the ids of their records, as far as readers see them. */
  Map<String, StoredChunk> visible(
      CallScope scope, Opened opened, Collection<ChunkKey> keys, List<String> include) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Generations.View view = opened.generations().view(scope, null);
      var visible = new TreeMap<String, StoredChunk>();
      if (!view.isUntouched()) {
        for (ChromaRecord record : own(scope, opened, keys, include)) {
          StoredChunk chunk = reader.chunk(scope, view, record, true);
          if (chunk != null) {
            visible.put(record.id(), chunk);
          }
        }
      }
      if (view.isCurrent(scope)) {
        return visible;
      }
    }
    throw new Unavailable("The collection is being changed all the time; try again.");
  }

  /** Deletes single chunks that KASS wrote; the keys of those that were there. */
  Set<ChunkKey> delete(CallScope scope, Opened opened, Set<ChunkKey> keys) {
    Map<String, StoredChunk> found = visible(scope, opened, keys, ChromaClient.METADATAS);
    if (!found.isEmpty()) {
      opened.generations().raise(scope, opened.purpose());
      client.delete(scope, opened.collection(), found.keySet());
      opened.generations().raise(scope, opened.purpose());
    }
    return found.values().stream().map(StoredChunk::key).collect(Collectors.toSet());
  }

  /** Deletes all records of one write of a document, those of the legacy application with NONE. */
  void deleteGeneration(CallScope scope, Opened opened, DocumentId document, String generation) {
    client.delete(scope, opened.collection(), OwnClauses.generation(document, generation));
    if (generation.equals(Generations.NONE)) {
      client.delete(scope, opened.collection(), legacyIds(scope, opened, document));
    }
  }

  /** How many records there are of one write of a document. */
  long count(CallScope scope, Opened opened, DocumentId document, String generation) {
    long own =
        client
            .get(
                scope,
                opened.collection(),
                null,
                OwnClauses.generation(document, generation),
                0,
                ChromaClient.NOTHING)
            .size();
    return generation.equals(Generations.NONE)
        ? own + legacyIds(scope, opened, document).size()
        : own;
  }

  private List<String> legacyIds(CallScope scope, Opened opened, DocumentId document) {
    String id = reader.legacy().legacyId(document);
    Json file = id == null ? OwnClauses.file(document.value()) : null;
    return client
        .get(
            scope,
            opened.collection(),
            id == null ? null : List.of(id),
            file,
            0,
            ChromaClient.METADATAS)
        .stream()
        .filter(record -> !OwnRecords.isOwn(record))
        .filter(record -> reader.legacy().document(record).equals(document))
        .map(ChromaRecord::id)
        .toList();
  }

  /** Deletes what writes left behind that did not end. */
  void tidy(CallScope scope, Opened opened) {
    Generations generations = opened.generations();
    for (Generations.Open open : generations.open(scope)) {
      Lease lease = generations.lease(scope, open.generation(), owner);
      if (lease == null) {
        continue; // it still runs
      }
      generations.raise(scope, opened.purpose());
      for (Generations.Hidden hidden : generations.hidden(scope, List.of(open))) {
        deleteGeneration(scope, opened, hidden.document(), hidden.generation());
      }
      generations.close(scope, open, lease);
    }
  }
}
