package io.kass.core.ingestion;

import io.kass.core.ingestion.DocumentRecord.State;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of the documents of one index. Thread-safe. */
final class DocumentRecords {
  private final ChunkIndex index;
  private final Ledger ledger;
  private final InstantSource clock;

  DocumentRecords(ChunkIndex index, Ledger ledger, InstantSource clock) {
    this.index = index;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** All records of documents whose ids begin so, in whole names. */
  Map<DocumentId, DocumentRecord> known(CallScope scope, String prefix) {
    var known = new HashMap<DocumentId, DocumentRecord>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<DocumentRecord> page = page(scope, prefix, cursor);
      page.items().forEach(record -> known.put(record.id(), record));
      cursor = page.next();
    }
    return known;
  }

  /** The same page by page, ordered by the bytes of their keys. */
  Page<DocumentRecord> page(CallScope scope, String prefix, Cursor cursor) {
    String id = index.description().id();
    Page<LedgerEntry> page = ledger.list(scope, DocumentRecord.prefix(prefix), cursor);
    List<DocumentRecord> records =
        page.items().stream()
            .map(entry -> DocumentRecord.decode(entry.value()))
            .filter(Objects::nonNull)
            .filter(record -> isOf(id, record) && within(record.id(), prefix))
            .toList();
    return new Page<>(records, page.next());
  }

  /** The record of a document, or null. */
  @Nullable DocumentRecord find(CallScope scope, DocumentId document) {
    LedgerEntry entry = ledger.get(scope, DocumentRecord.key(document));
    DocumentRecord record = entry == null ? null : DocumentRecord.decode(entry.value());
    return record != null && isOf(index.description().id(), record) ? record : null;
  }

  /**
   * What was noted about an index that is no longer there counts for nothing. Notes that were made
   * before there was an index are about documents that were skipped.
   */
  private static boolean isOf(String index, DocumentRecord record) {
    return record.index().equals(index) || record.index().isEmpty();
  }

  /** Names end where a {@code /} follows: {@code notes.md.bak} is not within {@code notes.md}. */
  static boolean within(DocumentId id, String prefix) {
    String value = id.value();
    return value.startsWith(prefix)
        && (prefix.isEmpty()
            || prefix.endsWith("/")
            || value.length() == prefix.length()
            || value.charAt(prefix.length()) == '/');
  }

  /** Takes a document out of the index, and remembers that it was there. */
  void forget(CallScope scope, DocumentRecord gone) {
    String order = order(gone);
    takeOut(scope, gone, order);
    save(scope, gone.removed(order));
  }

  void takeOut(CallScope scope, @Nullable DocumentRecord before, String order) {
    if (before != null && before.state() == State.INDEXED) {
      index.remove(scope, new DocumentStamp(before.id(), order, ContentHash.of("")));
    }
  }

  /** Later than every order that was given to this document, as text of equal length. */
  String order(@Nullable DocumentRecord before) {
    Instant now = clock.instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    if (before != null) {
      micros = Math.max(micros, Long.parseLong(before.order()) + 1);
    }
    String digits = Long.toString(micros);
    return "0".repeat(20 - digits.length()) + digits;
  }

  /** The moment that an order stands for. */
  static Instant moment(String order) {
    long micros = Long.parseLong(order);
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  /** Writes whatever is there now: the index itself decides which of two states is the later. */
  void save(CallScope scope, DocumentRecord record) {
    String key = DocumentRecord.key(record.id());
    long written;
    do {
      scope.check(clock);
      LedgerEntry entry = ledger.get(scope, key);
      long revision = entry == null ? 0 : entry.revision();
      written = ledger.compareAndSet(scope, key, revision, record.encode(), null);
    } while (written < 0);
  }
}
