package io.kass.core.ingestion;

import io.kass.core.ingestion.DocumentRecord.State;
import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.Ledger;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents that an index was made of, those that were skipped included. Thread-safe. */
public final class Catalog {
  private final ChunkIndex index;
  private final DocumentRecords records;

  public Catalog(ChunkIndex index, Ledger ledger, InstantSource clock) {
    this.index = index;
    this.records = new DocumentRecords(index, ledger, clock);
  }

  /**
   * Pages through the documents whose ids begin so, ordered by the bytes of their ids (the first
   * 900 of them, where an id is longer), in bounded memory.
   *
   * @param prefix the beginning of ids, in whole names: a document, a folder, or empty for all
   */
  public Page<CatalogEntry> page(CallScope scope, String prefix, Cursor cursor) {
    Page<DocumentRecord> page = records.page(scope, prefix, cursor);
    return new Page<>(
        page.items().stream()
            .filter(record -> record.state() != State.REMOVED)
            .map(Catalog::entry)
            .toList(),
        page.next());
  }

  /** A document, or null when it was never ingested or is gone. */
  public @Nullable CatalogEntry find(CallScope scope, DocumentId document) {
    DocumentRecord record = records.find(scope, document);
    return record == null || record.state() == State.REMOVED ? null : entry(record);
  }

  /**
   * Takes a document out of the index. An ingestion that finds it again brings it back.
   *
   * @return false when it was not there
   */
  public boolean remove(CallScope scope, DocumentId document) {
    DocumentRecord record = records.find(scope, document);
    if (record == null || record.state() == State.REMOVED) {
      return false;
    }
    records.forget(scope, record);
    return true;
  }

  /**
   * The documents that the index holds and nothing is noted of, since another application wrote
   * them, ordered by the bytes of their ids. Goes through all keys of the index, unless what is
   * noted makes up all that it holds; keeps one entry a document in memory.
   *
   * @param prefix as of {@link #page}
   */
  public List<CatalogEntry> others(CallScope scope, String prefix) {
    if (noted(scope) >= index.description().chunks()) {
      return List.of();
    }
    Map<DocumentId, DocumentRecord> known = records.known(scope, "");
    var counts = new HashMap<DocumentId, Integer>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<StoredChunk> page = index.scan(scope, KeyRange.ALL, cursor, false);
      for (StoredChunk stored : page.items()) {
        DocumentId id = stored.chunk().document();
        DocumentRecord record = known.get(id);
        boolean indexed = record != null && record.state() == State.INDEXED;
        if (!indexed && DocumentRecords.within(id, prefix)) {
          counts.merge(id, 1, Integer::sum);
        }
      }
      cursor = page.next();
    }
    return counts.entrySet().stream()
        .map(count -> new CatalogEntry(count.getKey(), null, count.getValue(), null, ""))
        .sorted((one, other) -> Bytewise.compare(one.id().value(), other.id().value()))
        .toList();
  }

  /** How many chunks the noted documents have. */
  private long noted(CallScope scope) {
    long chunks = 0;
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<DocumentRecord> page = records.page(scope, "", cursor);
      for (DocumentRecord record : page.items()) {
        chunks += record.state() == State.INDEXED ? record.chunks() : 0;
      }
      cursor = page.next();
    }
    return chunks;
  }

  /**
   * Takes one of the {@link #others} out of the index.
   *
   * @return false when a later state of it was written meanwhile
   */
  public boolean removeOther(CallScope scope, DocumentId document) {
    return index.remove(
        scope, new DocumentStamp(document, records.order(null), ContentHash.of("")));
  }

  private static CatalogEntry entry(DocumentRecord record) {
    return new CatalogEntry(
        record.id(),
        DocumentRecords.moment(record.order()),
        record.chunks(),
        record.cause(),
        record.message());
  }
}
