package io.kass.core.ingestion;

import io.kass.core.chunking.Chunkers;
import io.kass.core.chunking.Sentences;
import io.kass.core.concurrent.Parallel;
import io.kass.core.ingestion.DocumentRecord.State;
import io.kass.ports.Audience;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.Cursor;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStore.Listing;
import io.kass.ports.document.DocumentStore.OpenDocument;
import io.kass.ports.document.DocumentStore.Problem;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.StoredDocument;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.Replacement;
import io.kass.ports.ledger.Ledger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the documents of a store into the index and takes out those that are gone. An unchanged
 * document costs a look at its version; one whose version changed, a hash of its bytes; only new
 * content is read and embedded. Each document changes in one step, so a run may be killed at any
 * moment: the next one finishes what is left. Thread-safe; two runs over the same documents at once
 * do needless work, but no harm.
 */
public final class Ingestion {
  private final ChunkIndex index;
  private final EmbeddingModel embeddings;
  private final DocumentRecords records;
  private final DocumentReader reader;
  private final Chunkers chunkers;
  private final Embedder embedder;
  private final InstantSource clock;
  private final IngestionSettings settings;

  public Ingestion(
      ChunkIndex index,
      EmbeddingModel embeddings,
      Ledger ledger,
      DocumentReader reader,
      Chunkers chunkers,
      InstantSource clock,
      IngestionSettings settings) {
    this.index = index;
    this.embeddings = embeddings;
    this.records = new DocumentRecords(index, ledger, clock);
    this.reader = reader;
    this.chunkers = chunkers;
    this.embedder = new Embedder(embeddings, index);
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Makes the index hold the documents of {@code source} whose ids begin with {@code prefix}, and
   * no others that begin so.
   *
   * @param prefix the beginning of ids, in whole names: a document, a folder, or empty for all
   * @param audience who may see them
   * @throws Rejected when another process is writing the index and there is something to write;
   *     nothing was read then
   * @throws io.kass.ports.error.KassException when the source, the model or the index fails, or the
   *     scope ends; what is done by then stays done
   */
  public IngestionReport run(
      CallScope scope,
      DocumentStore source,
      String prefix,
      Audience audience,
      IngestionListener listener) {
    String seen = index.description().revision();
    Plan plan = plan(scope, source, prefix, audience, listener);
    if (!plan.isEmpty()) {
      // First of all, since reading and embedding would be for nothing where another one writes.
      index.claim(scope);
      if (!index.description().revision().equals(seen)) {
        // Another one wrote until just now: what it left is what there is to go on from.
        plan = plan(scope, source, prefix, audience, listener);
      }
    }
    return carryOut(plan);
  }

  /**
   * What there is to do.
   *
   * @param run whose tally has counted what needs nothing
   * @param todo documents that are new, or look changed
   * @param gone documents that the source no longer has
   */
  private record Plan(Run run, List<StoredDocument> todo, List<DocumentRecord> gone) {
    boolean isEmpty() {
      return todo.isEmpty() && gone.isEmpty();
    }
  }

  /** Compares what is there with what is known, by looks alone. */
  private Plan plan(
      CallScope scope,
      DocumentStore source,
      String prefix,
      Audience audience,
      IngestionListener listener) {
    Map<DocumentId, DocumentRecord> known = records.known(scope, prefix);
    var tally = new Tally(listener);
    var run = new Run(scope, source, audience, recipe(audience), tally);
    var todo = new ArrayList<StoredDocument>();
    // A store may come upon the same one on each of its pages.
    var problems = new LinkedHashSet<Problem>();
    for (StoredDocument document : list(scope, source, prefix, problems)) {
      DocumentRecord record = known.remove(document.id());
      if (record != null
          && record.state() != State.REMOVED
          && record.version().equals(run.version(document))) {
        tally.unchanged(record);
      } else {
        todo.add(document);
        if (record != null) {
          tally.remember(record);
        }
      }
    }
    problems.forEach(tally::problem);
    List<DocumentRecord> gone =
        known.values().stream()
            .filter(record -> record.state() != State.REMOVED)
            .filter(record -> !mayBeHidden(record.id(), problems))
            .toList();
    return new Plan(run, todo, gone);
  }

  private IngestionReport carryOut(Plan plan) {
    Run run = plan.run();
    run.tally().begin(plan.todo());
    Parallel.forEach(settings.documentsAtOnce(), plan.todo(), document -> ingest(run, document));
    for (DocumentRecord gone : plan.gone()) {
      records.forget(run.scope(), gone);
      run.tally().removed();
    }
    return run.tally().report();
  }

  private static List<StoredDocument> list(
      CallScope scope, DocumentStore source, String prefix, Set<Problem> problems) {
    var documents = new ArrayList<StoredDocument>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Listing page = source.list(scope, prefix, cursor);
      page.documents().stream()
          .filter(document -> DocumentRecords.within(document.id(), prefix))
          .forEach(documents::add);
      problems.addAll(page.problems());
      cursor = page.next();
    }
    return documents;
  }

  /** What could not be looked at is not gone. */
  private static boolean mayBeHidden(DocumentId id, Set<Problem> problems) {
    return problems.stream().anyMatch(p -> p.hidesDocuments() && id.value().startsWith(p.place()));
  }

  /**
   * A run over the documents of a store.
   *
   * @param recipe everything but the bytes that decides what stands in the index
   */
  private record Run(
      CallScope scope, DocumentStore source, Audience audience, ContentHash recipe, Tally tally) {
    /** What a look at the document tells, and all else that would make it be read again. */
    String version(StoredDocument document) {
      return document.version() + " " + recipe.hex().substring(0, 16);
    }
  }

  private void ingest(Run run, StoredDocument document) {
    CallScope scope = run.scope();
    scope.check(clock);
    run.tally().started(document);
    DocumentRecord before = run.tally().remembered(document.id());
    OpenDocument opened;
    try {
      opened = run.source().open(scope, document.id(), null);
    } catch (NotFound gone) {
      // It went away after it was listed: as if it had been gone before.
      if (before != null) {
        records.forget(scope, before);
      }
      run.tally().vanished(document);
      return;
    } catch (Rejected refused) {
      skip(run, document, before, null, Cause.INACCESSIBLE, refused.getMessage());
      return;
    }
    try (OpenDocument open = opened) {
      ContentHash content = hash(open.content(), run.recipe());
      if (before != null && before.state() != State.REMOVED && before.content().equals(content)) {
        records.save(scope, before.seenAs(run.version(document)));
        run.tally().touched(document, before);
        return;
      }
      index(run, document, open, content, before);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      skip(run, document, before, null, Cause.INACCESSIBLE, "It cannot be read: " + reason);
    }
  }

  private void index(
      Run run,
      StoredDocument document,
      OpenDocument open,
      ContentHash content,
      @Nullable DocumentRecord before)
      throws IOException {
    CallScope scope = run.scope();
    var stamp = new DocumentStamp(document.id(), records.order(before), content);
    try (Replacement replacement = index.replace(scope, stamp)) {
      var writer =
          new ChunkWriter(
              scope,
              document.id(),
              run.audience(),
              chunkers,
              chunks -> embedder.embed(scope, chunks, before != null),
              replacement,
              settings.batch(),
              run.tally()::wrote);
      Reading reading =
          reader.read(scope, document.id().value(), open.content().position(0), writer);
      switch (reading) {
        case Reading.Unreadable(Cause cause, String message) ->
            skip(run, document, before, content, cause, message);
        case Reading.Complete complete -> {
          int chunks = writer.finish();
          if (chunks == 0) {
            skip(run, document, before, content, Cause.EMPTY, "It holds no text.");
            return;
          }
          replacement.commit();
          boolean known = isStill(scope, run.source(), open.document());
          records.save(
              scope,
              new DocumentRecord(
                  index.description().id(),
                  document.id(),
                  known ? run.version(document) : "",
                  known ? content : ContentHash.of(""),
                  stamp.order(),
                  chunks,
                  State.INDEXED,
                  null,
                  ""));
          run.tally().indexed(document);
        }
      }
    } catch (KassException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // A fault of ours, which must not keep the other documents out. The next run tries again.
      skip(
          run,
          document,
          before,
          null,
          Cause.FAULT,
          "KASS failed on it (" + e + "). This is a fault of KASS: please report it.");
    }
  }

  /** What was changed while it was read may be anything: then nothing is known of its content. */
  private static boolean isStill(CallScope scope, DocumentStore source, StoredDocument opened) {
    return source.versions(scope, opened.id(), Cursor.START).items().stream()
        .limit(1)
        .anyMatch(now -> now.version().equals(opened.version()));
  }

  /**
   * Takes out what the index has of a document that can no longer be read, and notes why.
   *
   * @param content null when nothing is known of its content, so that the next run looks again
   */
  private void skip(
      Run run,
      StoredDocument document,
      @Nullable DocumentRecord before,
      @Nullable ContentHash content,
      Cause cause,
      String message) {
    CallScope scope = run.scope();
    String order = records.order(before);
    records.takeOut(scope, before, order);
    records.save(
        scope,
        new DocumentRecord(
            index.description().id(),
            document.id(),
            content == null ? "" : run.version(document),
            content == null ? ContentHash.of("") : content,
            order,
            0,
            State.SKIPPED,
            cause,
            message));
    run.tally().skipped(document, new Skipped(document.id(), cause, message, false));
  }

  private ContentHash recipe(Audience audience) {
    ContentHash cut =
        ContentHash.ofParts(reader.id(), chunkers.id(), Sentences.ID, embeddings.info().id());
    return ContentHash.ofParts(cut.hex(), String.join("\n", audience.groups()));
  }

  private static ContentHash hash(SeekableByteChannel bytes, ContentHash recipe)
      throws IOException {
    MessageDigest digest = ContentHash.sha256();
    digest.update(recipe.hex().getBytes(StandardCharsets.US_ASCII));
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    bytes.position(0);
    while (bytes.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return new ContentHash(HexFormat.of().formatHex(digest.digest()));
  }
}
