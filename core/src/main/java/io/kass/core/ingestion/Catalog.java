package io.kass.core.ingestion;

import io.kass.core.ingestion.DocumentRecord.State;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.ledger.Ledger;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The documents that an index was made of, those that were skipped included. Thread-safe. */
public final class Catalog {
  private final DocumentRecords records;

  public Catalog(ChunkIndex index, Ledger ledger, InstantSource clock) {
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

  private static CatalogEntry entry(DocumentRecord record) {
    return new CatalogEntry(
        record.id(),
        DocumentRecords.moment(record.order()),
        record.chunks(),
        record.cause(),
        record.message());
  }
}
