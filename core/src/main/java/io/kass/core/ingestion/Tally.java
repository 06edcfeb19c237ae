package io.kass.core.ingestion;

import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore.Problem;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.StoredDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what an ingestion does, and tells its listener. Thread-safe. */
final class Tally {
  private final IngestionListener listener;
  private final Map<DocumentId, DocumentRecord> earlier = new HashMap<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private int documents;
  private int unchanged;
  private int indexed;
  private int removed;
  private int todo;
  private int done;
  private long bytes;
  private long bytesDone;
  private long chunks;

  Tally(IngestionListener listener) {
    this.listener = listener;
  }

  synchronized void unchanged(DocumentRecord record) {
    documents++;
    same(record);
  }

  private void same(DocumentRecord record) {
    Cause cause = record.cause();
    if (cause == null) {
      unchanged++;
    } else {
      skipped.add(new Skipped(record.id(), cause, record.message(), true));
    }
  }

  /** What cannot be looked at counts too: the numbers of a report add up. */
  synchronized void problem(Problem problem) {
    documents++;
    var place = new DocumentId(problem.place());
    skipped.add(new Skipped(place, Cause.INACCESSIBLE, problem.message(), false));
  }

  synchronized void remember(DocumentRecord record) {
    earlier.put(record.id(), record);
  }

  synchronized @Nullable DocumentRecord remembered(DocumentId id) {
    return earlier.get(id);
  }

  synchronized void begin(List<StoredDocument> work) {
    documents += work.size();
    todo = work.size();
    bytes = work.stream().mapToLong(StoredDocument::size).sum();
  }

  synchronized void started(StoredDocument document) {
    tell(document.id());
  }

  synchronized void wrote(int count) {
    chunks += count;
    tell(null);
  }

  synchronized void touched(StoredDocument document, DocumentRecord record) {
    same(record);
    finished(document);
  }

  synchronized void vanished(StoredDocument document) {
    documents--;
    finished(document);
  }

  synchronized void skipped(StoredDocument document, Skipped why) {
    skipped.add(why);
    finished(document);
  }

  synchronized void indexed(StoredDocument document) {
    indexed++;
    finished(document);
  }

  synchronized void removed() {
    removed++;
  }

  private void finished(StoredDocument document) {
    done++;
    bytesDone += document.size();
    tell(null);
  }

  private void tell(@Nullable DocumentId current) {
    listener.progress(new IngestionProgress(todo, done, bytes, bytesDone, chunks, current));
  }

  synchronized IngestionReport report() {
    skipped.sort(Comparator.comparing(Skipped::id));
    return new IngestionReport(documents, unchanged, indexed, removed, chunks, skipped);
  }
}
