package io.kass.core.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.core.chunking.Chunkers;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.InMemoryDocumentStore;
import io.kass.ports.document.PlainTextReader;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.index.ChunkBuilder;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.ledger.InMemoryLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final CallScope SCOPE = TestScopes.scope();

  private final TestClock clock = new TestClock();
  private final HashingEmbeddingModel model = HashingEmbeddingModel.ofDimension(64);
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryDocumentStore store = new InMemoryDocumentStore(clock);
  private final InMemoryChunkIndex index =
      new InMemoryChunkIndex(model.info().id(), 64, Chunkers.defaults().id());
  private final Catalog catalog = new Catalog(index, ledger, clock);

  @Test
  void tellsWhatWasReadAndWhatWasSkipped() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    store.put("/docs/empty.txt", "");
    ingest();

    assertThat(all(""))
        .containsExactly(
            new CatalogEntry(new DocumentId("/docs/a.txt"), clock.instant(), 1, null, ""),
            new CatalogEntry(
                new DocumentId("/docs/empty.txt"),
                clock.instant(),
                0,
                Cause.EMPTY,
                "It is empty."));
    assertThat(catalog.find(SCOPE, new DocumentId("/docs/a.txt"))).isEqualTo(all("").getFirst());
    assertThat(catalog.find(SCOPE, new DocumentId("/docs/b.txt"))).isNull();
  }

  @Test
  void aPrefixMeansWholeNames() {
    store.put("/docs/a.txt", "One.");
    store.put("/docs/a.txt.bak", "Two.");
    store.put("/docs2/a.txt", "Three.");
    ingest();

    assertThat(all("/docs/a.txt")).hasSize(1);
    assertThat(all("/docs/")).hasSize(2);
  }

  @Test
  void tellsWhatOthersWroteApart() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    ingest();
    assertThat(catalog.others(SCOPE, "")).isEmpty();
    index.put(
        SCOPE,
        List.of(
            ChunkBuilder.chunk("theirs/2", "one").build(),
            ChunkBuilder.chunk("theirs/1", "two").build(),
            ChunkBuilder.chunk("theirs/1", "three").build(),
            ChunkBuilder.chunk("elsewhere", "four").build()));

    assertThat(catalog.others(SCOPE, "theirs/"))
        .containsExactly(
            new CatalogEntry(new DocumentId("theirs/1"), null, 2, null, ""),
            new CatalogEntry(new DocumentId("theirs/2"), null, 1, null, ""));
    assertThat(catalog.others(SCOPE, "")).hasSize(3);
    assertThat(all("")).hasSize(1);

    assertThat(catalog.removeOther(SCOPE, new DocumentId("theirs/1"))).isTrue();
    assertThat(catalog.others(SCOPE, "theirs/")).hasSize(1);
  }

  @Test
  void pagesThroughMany() {
    for (int i = 0; i < 500; i++) {
      store.put(String.format(Locale.ROOT, "/docs/%04d.txt", i), "Text " + i + ".");
    }
    ingest();

    assertThat(all("")).hasSize(500);
    assertThat(all("").stream().map(entry -> entry.id().value())).isSorted();
  }

  @Test
  void whatIsRemovedIsGoneUntilItIsIngestedAgain() {
    store.put("/docs/a.txt", "One.");
    store.put("/docs/b.txt", "Two.");
    ingest();

    assertThat(catalog.remove(SCOPE, new DocumentId("/docs/a.txt"))).isTrue();
    assertThat(catalog.remove(SCOPE, new DocumentId("/docs/a.txt"))).isFalse();
    assertThat(catalog.remove(SCOPE, new DocumentId("/docs/never.txt"))).isFalse();

    assertThat(all("")).extracting(entry -> entry.id().value()).containsExactly("/docs/b.txt");
    assertThat(index.scan(SCOPE, KeyRange.ALL, Cursor.START, false).items())
        .extracting(chunk -> chunk.chunk().passage())
        .containsExactly("Two.");
    assertThat(ingest().indexed()).isEqualTo(1);
    assertThat(all("")).hasSize(2);
  }

  @Test
  void whatIsKnownOfAnotherIndexDoesNotCount() {
    store.put("/docs/a.txt", "One.");
    ingest();
    var other = new InMemoryChunkIndex(model.info().id(), 64, Chunkers.defaults().id());

    var empty = new Catalog(other, ledger, clock);

    assertThat(empty.page(SCOPE, "", Cursor.START).items()).isEmpty();
    assertThat(empty.find(SCOPE, new DocumentId("/docs/a.txt"))).isNull();
    assertThat(empty.remove(SCOPE, new DocumentId("/docs/a.txt"))).isFalse();
  }

  private IngestionReport ingest() {
    return new Ingestion(
            index,
            model,
            ledger,
            new PlainTextReader("plain-1"),
            Chunkers.defaults(),
            clock,
            IngestionSettings.DEFAULTS)
        .run(SCOPE, store, "", Audience.EVERYONE, IngestionListener.none());
  }

  private List<CatalogEntry> all(String prefix) {
    var all = new ArrayList<CatalogEntry>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<CatalogEntry> page = catalog.page(SCOPE, prefix, cursor);
      all.addAll(page.items());
      cursor = page.next();
    }
    return all;
  }
}
