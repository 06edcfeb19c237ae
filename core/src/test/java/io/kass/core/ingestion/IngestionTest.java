package io.kass.core.ingestion;

import static io.kass.ports.Obstructed.before;
import static io.kass.ports.Obstructed.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.core.chunking.Chunkers;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStore.Problem;
import io.kass.ports.document.InMemoryDocumentStore;
import io.kass.ports.document.PlainTextReader;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.embedding.HashingEmbeddingModel;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.InMemoryChunkIndex;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.InMemoryLedger;
import io.kass.ports.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IngestionTest {
  private static final CallScope SCOPE = TestScopes.scope();

  private final TestClock clock = new TestClock();
  private final HashingEmbeddingModel model = HashingEmbeddingModel.ofDimension(64);
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryDocumentStore store = new InMemoryDocumentStore(clock);
  private final ChunkIndex index = newIndex();
  private final PlainTextReader reader = new PlainTextReader("plain-1");

  @Test
  void bringsDocumentsIn() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    store.put("/docs/b.txt", "Backups run at night.");
    IngestionReport report = run();
    assertThat(report).isEqualTo(new IngestionReport(2, 0, 2, 0, 2, List.of()));
    assertThat(chunks())
        .extracting(chunk -> chunk.chunk().passage())
        .containsExactlyInAnyOrder("Audit logs are kept for seven years.", "Backups run at night.");
    assertThat(chunks()).allMatch(chunk -> chunk.vector() != null);
  }

  @Test
  void runningAgainDoesNothing() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    String revision = index.description().revision();
    int readings = reader.readings();
    assertThat(run()).isEqualTo(new IngestionReport(1, 1, 0, 0, 0, List.of()));
    assertThat(index.description().revision()).isEqualTo(revision);
    assertThat(reader.readings()).isEqualTo(readings);
  }

  @Test
  void sameBytesUnderANewVersionCostOnlyAHash() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    int readings = reader.readings();
    assertThat(run().unchanged()).isEqualTo(1);
    assertThat(reader.readings()).isEqualTo(readings);
    assertThat(run().unchanged()).isEqualTo(1);
  }

  @Test
  void aChangedDocumentReplacesItsOwnChunks() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    store.put("/docs/b.txt", "Backups run at night.");
    run();
    store.put("/docs/a.txt", "Audit logs are kept for ten years.");
    assertThat(run().indexed()).isEqualTo(1);
    assertThat(texts())
        .containsExactlyInAnyOrder("Audit logs are kept for ten years.", "Backups run at night.");
  }

  @Test
  void aRemovedDocumentDisappearsAndMayComeBack() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    store.remove(SCOPE, new DocumentId("/docs/a.txt"));
    assertThat(run().removed()).isEqualTo(1);
    assertThat(texts()).isEmpty();
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    assertThat(run().indexed()).isEqualTo(1);
    assertThat(texts()).hasSize(1);
  }

  @Test
  void onlyDocumentsUnderThePrefixAreTouched() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    store.put("/other/b.txt", "Backups run at night.");
    run();
    ingestion().run(SCOPE, store, "/other/", Audience.EVERYONE, IngestionListener.none());
    store.remove(SCOPE, new DocumentId("/docs/a.txt"));
    ingestion().run(SCOPE, store, "/other/", Audience.EVERYONE, IngestionListener.none());
    assertThat(texts()).hasSize(2);
  }

  @Test
  void aFileBesideOneWithTheSameBeginningIsLeftAlone() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    store.put("/docs/a.txt.old", "Backups run at night.");
    run();
    var onlyOne = new InMemoryDocumentStore(clock);
    onlyOne.put("/docs/a.txt", "Another version.");
    onlyOne.put("/docs/a.txt", "Audit logs are kept for ten years.");
    IngestionReport report =
        ingestion().run(SCOPE, onlyOne, "/docs/a.txt", Audience.EVERYONE, IngestionListener.none());
    assertThat(report.removed()).isZero();
    assertThat(texts())
        .containsExactlyInAnyOrder("Audit logs are kept for ten years.", "Backups run at night.");
  }

  @Test
  void whereAnotherProcessWritesNothingIsEvenOpened() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    var locked = new Rejected("Another process writes.");
    var opened = new AtomicInteger();
    DocumentStore watched = before(DocumentStore.class, store, "open", opened::incrementAndGet);
    assertThatThrownBy(() -> run(over(failing(ChunkIndex.class, index, "claim", locked)), watched))
        .isSameAs(locked);
    assertThat(opened).hasValue(0);
    assertThat(run().indexed()).isEqualTo(1);
  }

  @Test
  void whereAnotherProcessWritesWhatIsUnchangedIsStillFine() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    var locked = new Rejected("Another process writes.");
    ChunkIndex claimed = failing(ChunkIndex.class, index, "claim", locked);
    assertThat(run(over(claimed), store).unchanged()).isEqualTo(1);
    store.remove(SCOPE, new DocumentId("/docs/a.txt"));
    assertThatThrownBy(() -> run(over(claimed), store)).isSameAs(locked);
    assertThat(texts()).hasSize(1);
  }

  @Test
  void goesOnFromWhatAnotherProcessWroteUntilItWasDone() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    // What this run has seen by the time that the other one is done is old by then.
    store.put("/docs/a.txt", "Audit logs are kept for ten years.");
    ChunkIndex late =
        before(
            ChunkIndex.class,
            index,
            "claim",
            () -> {
              run();
              store.put("/docs/a.txt", "Audit logs are kept for seven years.");
            });
    assertThat(run(over(late), store).indexed()).isEqualTo(1);
    assertThat(texts()).containsExactly("Audit logs are kept for seven years.");
  }

  @Test
  void whatChangesWhileItIsReadIsReadAgainByTheNextRun() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    DocumentReader late =
        before(
            DocumentReader.class,
            reader,
            "read",
            () -> {
              store.put("/docs/a.txt", "Audit logs are kept for ten years.");
              store.put("/docs/a.txt", "Audit logs are kept for seven years.");
            });
    assertThat(run(late).indexed()).isEqualTo(1);
    int readings = reader.readings();
    assertThat(run().indexed()).isEqualTo(1);
    assertThat(reader.readings()).isEqualTo(readings + 1);
    assertThat(run().unchanged()).isEqualTo(1);
  }

  private Ingestion over(ChunkIndex other) {
    return ingestion(other, reader);
  }

  private static IngestionReport run(Ingestion ingestion, DocumentStore source) {
    return ingestion.run(SCOPE, source, "", Audience.EVERYONE, IngestionListener.none());
  }

  @Test
  void whatAChangeLeavesInADocumentIsNotEmbeddedAgain() {
    var pages = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      pages.append("Lamp number %d is tested twice a year. ".formatted(i));
    }
    store.put("/docs/a.txt", pages.toString());
    run();
    List<StoredChunk> before = chunks();
    int embedded = model.embedded().size();
    store.put("/docs/a.txt", pages + "Taxis at night need no approval.");
    run();
    List<String> again = model.embedded().subList(embedded, model.embedded().size());
    assertThat(again)
        .isNotEmpty()
        .noneMatch(text -> text.contains("Lamp number 7 "))
        .anyMatch(text -> text.contains("Taxis"));
    assertThat(chunks()).containsAnyElementsOf(before);
  }

  @Test
  void sentencesThatAnotherVersionFoundOtherwiseAreFoundAgain() {
    String lamps = "Lamps are tested twice a year. ".repeat(60);
    store.put("/docs/a.txt", lamps);
    run();
    for (StoredChunk stored : chunks()) {
      index.put(SCOPE, List.of(new StoredChunk(stored.chunk(), stored.vector(), List.of())));
    }
    store.put("/docs/a.txt", lamps + "Taxis at night need no approval.");
    run();
    assertThat(chunks()).isNotEmpty().allMatch(stored -> stored.sentences().size() > 1);
  }

  @Test
  void whatStandsUnderAnotherHeadingIsEmbeddedAgain() {
    var headed = new PlainTextReader("plain-1");
    store.put("/docs/a.md", "# Lamps\n\nThey are tested twice a year.");
    run(ingestion(index, headed), store);
    int embedded = model.embedded().size();
    store.put("/docs/a.md", "# Brakes\n\nThey are tested twice a year.");
    run(ingestion(index, headed), store);
    assertThat(model.embedded().subList(embedded, model.embedded().size()))
        .isNotEmpty()
        .allMatch(text -> text.contains("Brakes"));
  }

  @Test
  void theLedgerHoldsDocumentsAndNothingOfTheirChunks() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    assertThat(ledger.list(SCOPE, "", Cursor.START).items())
        .extracting(LedgerEntry::key)
        .containsExactly("document//docs/a.txt");
  }

  @Test
  void aSentenceThatStandsInTwoChunksIsEmbeddedOnce() {
    var sentences = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      sentences.append("Lamp number %d is tested twice a year. ".formatted(i));
    }
    store.put("/docs/a.txt", sentences.toString());
    run();
    assertThat(chunks().stream().mapToInt(chunk -> chunk.sentences().size()).sum())
        .isGreaterThan(60);
    assertThat(model.embedded()).doesNotHaveDuplicates();
    assertThat(chunks())
        .allMatch(chunk -> chunk.sentences().stream().allMatch(s -> s.vector() != null));
  }

  @Test
  void aFaultOnOneDocumentLeavesTheOthersAlone() {
    for (int i = 0; i < 20; i++) {
      store.put("/docs/" + i + ".txt", "Backups of server " + i + " run at night.");
    }
    var faulty = new IllegalArgumentException("begin 7, end 3");
    DocumentReader reader =
        new DocumentReader() {
          @Override
          public String id() {
            return "faulty-1";
          }

          @Override
          public Reading read(
              CallScope scope, String name, SeekableByteChannel bytes, BlockConsumer consumer)
              throws IOException {
            if (name.equals("/docs/7.txt")) {
              throw faulty;
            }
            return IngestionTest.this.reader.read(scope, name, bytes, consumer);
          }
        };
    for (int i = 0; i < 2; i++) {
      IngestionReport report =
          ingestion(index, reader)
              .run(SCOPE, store, "", Audience.EVERYONE, IngestionListener.none());
      assertThat(report.skipped())
          .singleElement()
          .satisfies(skipped -> {
            assertThat(skipped.id()).isEqualTo(new DocumentId("/docs/7.txt"));
            assertThat(skipped.cause()).isEqualTo(Cause.FAULT);
            assertThat(skipped.known()).isFalse();
            assertThat(skipped.message()).contains("begin 7, end 3", "report");
          });
      assertThat(chunks()).hasSize(19);
    }
  }

  @Test
  void anotherAudienceReachesUnchangedDocuments() {
    store.put("/docs/a.txt", "Salaries rise by two per cent.");
    run();
    IngestionReport report =
        ingestion().run(SCOPE, store, "", Audience.of(List.of("board")), IngestionListener.none());
    assertThat(report.indexed()).isEqualTo(1);
    assertThat(chunks())
        .allMatch(chunk -> chunk.chunk().audience().equals(Audience.of(List.of("board"))));
  }

  @Test
  void anUnreadableDocumentIsNamedAndLeavesTheOthersAlone() {
    store.put("/docs/a.txt", "!not whole");
    store.put("/docs/b.txt", "Backups run at night.");
    store.put("/docs/c.txt", "");
    IngestionReport report = run();
    assertThat(report.skipped())
        .containsExactly(
            new Skipped(new DocumentId("/docs/a.txt"), Cause.DAMAGED, "It is damaged.", false),
            new Skipped(new DocumentId("/docs/c.txt"), Cause.EMPTY, "It is empty.", false));
    assertThat(texts()).containsExactly("Backups run at night.");
    assertThat(run().skipped()).hasSize(2).allMatch(Skipped::known);
  }

  @Test
  void aDocumentThatBecomesUnreadableLeavesTheIndex() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    store.put("/docs/a.txt", "!not whole");
    assertThat(run().skipped()).hasSize(1);
    assertThat(texts()).isEmpty();
    store.put("/docs/a.txt", "Whole again.");
    run();
    assertThat(texts()).containsExactly("Whole again.");
  }

  @Test
  void whatCannotBeLookedAtIsNotTakenForRemoved() {
    store.put("/docs/locked/a.txt", "Audit logs are kept for seven years.");
    run();
    store.remove(SCOPE, new DocumentId("/docs/locked/a.txt"));
    store.report(new Problem("/docs/locked/", true, "It may not be opened."));
    store.report(new Problem("/docs/locked/", true, "It may not be opened."));
    IngestionReport report = run();
    assertThat(report.documents()).isEqualTo(1);
    assertThat(report.removed()).isZero();
    assertThat(report.skipped())
        .extracting(Skipped::message)
        .containsExactly("It may not be opened.");
    assertThat(texts()).hasSize(1);
  }

  @Test
  void theNumbersOfAReportAddUp() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    store.put("/docs/b.txt", "Backups are made at night.");
    store.put("/docs/c.txt", "!not whole");
    store.report(new Problem("/docs/pipe", false, "It is a pipe."));
    for (int i = 0; i < 2; i++) {
      IngestionReport report = run();
      assertThat(report.unchanged() + report.indexed() + report.skipped().size())
          .isEqualTo(report.documents())
          .isEqualTo(4);
    }
  }

  @Test
  void notesAboutAnIndexThatIsGoneCountForNothing() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    run();
    ChunkIndex fresh = newIndex();
    IngestionReport report =
        ingestion(fresh, reader)
            .run(SCOPE, store, "/docs/", Audience.EVERYONE, IngestionListener.none());
    assertThat(report.indexed()).isEqualTo(1);
    assertThat(chunks(fresh)).hasSize(1);
  }

  @Test
  void anotherReaderReadsAgain() {
    store.put("/docs/a.txt", "!not whole");
    run();
    var newer = new PlainTextReader("plain-2");
    ingestion(index, newer)
        .run(SCOPE, store, "/docs/", Audience.EVERYONE, IngestionListener.none());
    assertThat(newer.readings()).isEqualTo(1);
  }

  @Test
  void whatWasTooSlowIsTriedAgainWhenItsBytesOrTheReaderChange() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    var readings = new AtomicInteger();
    DocumentReader slow = obstructed("plain-1 within 1 s", Cause.TOO_SLOW, readings);
    assertThat(run(slow).skipped()).singleElement().returns(false, Skipped::known);
    assertThat(run(slow).skipped())
        .containsExactly(
            new Skipped(new DocumentId("/docs/a.txt"), Cause.TOO_SLOW, "Obstructed.", true));
    assertThat(readings).hasValue(1);
    store.put("/docs/a.txt", "Audit logs are kept for ten years.");
    assertThat(run(slow).skipped()).singleElement().returns(false, Skipped::known);
    assertThat(readings).hasValue(2);
    // Limits are a part of a reader's id.
    assertThat(run(new PlainTextReader("plain-1 within 60 s")).indexed()).isEqualTo(1);
    assertThat(texts()).containsExactly("Audit logs are kept for ten years.");
  }

  @Test
  void whatMayNotBeOpenedIsTriedAgainAtEachRun() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    var refused = new Rejected("It may not be opened.");
    DocumentStore locked = failing(DocumentStore.class, store, "open", refused);
    for (int i = 0; i < 2; i++) {
      assertThat(
              ingestion()
                  .run(SCOPE, locked, "/docs/", Audience.EVERYONE, IngestionListener.none())
                  .skipped())
          .containsExactly(
              new Skipped(
                  new DocumentId("/docs/a.txt"),
                  Cause.INACCESSIBLE,
                  "It may not be opened.",
                  false));
    }
    assertThat(run().indexed()).isEqualTo(1);
    assertThat(texts()).containsExactly("Audit logs are kept for seven years.");
  }

  @Test
  void whatBreaksOffWhileItIsReadIsTriedAgainAtEachRun() {
    store.put("/docs/a.txt", "Audit logs are kept for seven years.");
    var readings = new AtomicInteger();
    DocumentReader breaking = obstructed("plain-1", null, readings);
    for (int i = 1; i <= 2; i++) {
      assertThat(run(breaking).skipped())
          .containsExactly(
              new Skipped(
                  new DocumentId("/docs/a.txt"),
                  Cause.INACCESSIBLE,
                  "It cannot be read: the share went away",
                  false));
      assertThat(readings).hasValue(i);
    }
    assertThat(run().indexed()).isEqualTo(1);
  }

  @Test
  void theAudienceIsKeptOnEachChunk() {
    store.put("/docs/a.txt", "Salaries are paid on the 25th.");
    Audience board = Audience.of(Set.of("board"));
    ingestion().run(SCOPE, store, "/docs/", board, IngestionListener.none());
    assertThat(chunks()).allMatch(chunk -> chunk.chunk().audience().equals(board));
  }

  @Test
  void sameTextTwiceInADocumentIsTwoChunks() {
    String paragraph = "word ".repeat(190).strip() + ".\n\n";
    store.put("/docs/a.txt", paragraph.repeat(4));
    run();
    assertThat(chunks()).hasSizeGreaterThan(1);
    assertThat(chunks()).extracting(StoredChunk::key).doesNotHaveDuplicates();
  }

  @Test
  void progressEndsWhereItSaidItWould() {
    for (int i = 0; i < 20; i++) {
      store.put("/docs/" + i + ".txt", "Document number " + i + ".");
    }
    var heard = new ArrayList<IngestionProgress>();
    ingestion().run(SCOPE, store, "/docs/", Audience.EVERYONE, heard::add);
    IngestionProgress last = heard.getLast();
    assertThat(last.done()).isEqualTo(20).isEqualTo(last.documents());
    assertThat(last.bytesDone()).isEqualTo(last.bytes());
    assertThat(last.chunks()).isEqualTo(20);
  }

  @Test
  void aCancelledRunEndsAndTheNextOneFinishes() {
    for (int i = 0; i < 50; i++) {
      store.put("/docs/" + i + ".txt", "Document number " + i + ".");
    }
    CallScope scope = TestScopes.scope();
    assertThatThrownBy(() ->
            ingestion()
                .run(
                    scope,
                    store,
                    "/docs/",
                    Audience.EVERYONE,
                    progress -> {
                      if (progress.done() == 10) {
                        scope.cancellation().cancel();
                      }
                    }))
        .isInstanceOf(Cancelled.class);
    int before = texts().size();
    assertThat(before).isBetween(10, 49);
    IngestionReport report = run();
    assertThat(report.indexed() + report.unchanged()).isEqualTo(50);
    assertThat(texts()).hasSize(50);
  }

  private IngestionReport run() {
    return run(reader);
  }

  private IngestionReport run(DocumentReader with) {
    return ingestion(index, with)
        .run(SCOPE, store, "/docs/", Audience.EVERYONE, IngestionListener.none());
  }

  private Ingestion ingestion() {
    return ingestion(index, reader);
  }

  private Ingestion ingestion(ChunkIndex target, DocumentReader with) {
    return new Ingestion(
        target, model, ledger, with, Chunkers.defaults(), clock, IngestionSettings.DEFAULTS);
  }

  private ChunkIndex newIndex() {
    return new InMemoryChunkIndex(model.info().id(), 64, Chunkers.defaults().id());
  }

  private Set<String> texts() {
    return chunks().stream().map(c -> c.chunk().passage()).collect(Collectors.toSet());
  }

  private List<StoredChunk> chunks() {
    return chunks(index);
  }

  private static List<StoredChunk> chunks(ChunkIndex from) {
    var all = new ArrayList<StoredChunk>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      var page = from.scan(SCOPE, KeyRange.ALL, cursor, true);
      all.addAll(page.items());
      cursor = page.next();
    }
    return all;
  }

  /** Meets the same obstacle with each document, or without one fails as a broken share does. */
  private static DocumentReader obstructed(
      String id, @Nullable Cause obstacle, AtomicInteger readings) {
    return new DocumentReader() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public Reading read(
          CallScope scope, String name, SeekableByteChannel content, BlockConsumer blocks)
          throws IOException {
        readings.incrementAndGet();
        if (obstacle == null) {
          throw new IOException("the share went away");
        }
        return new Reading.Unreadable(obstacle, "Obstructed.");
      }
    };
  }
}
