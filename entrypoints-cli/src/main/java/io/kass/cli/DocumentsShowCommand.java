package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.core.ingestion.CatalogEntry;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.Places;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.StoredChunk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the index holds of a document. */
@Command(name = "show")
final class DocumentsShowCommand implements Action {
  private static final int BATCH = 100;

  @Parameters(arity = "1", paramLabel = "PATH")
  private String path = "";

  @Option(names = "--text")
  private boolean text;

  @Override
  public ExitCode run(Invocation invocation) {
    try (Session session = Session.open(invocation, EnumSet.noneOf(Need.class))) {
      CallScope scope = invocation.scope(DocumentsListCommand.ALLOWED);
      CatalogEntry entry = find(session, scope, invocation);
      show(entry, session.backend().index(), scope, invocation);
      return ExitCode.FINE;
    }
  }

  private CatalogEntry find(Session session, CallScope scope, Invocation invocation) {
    for (String id : DocumentName.prefixes(path, invocation.workingDirectory())) {
      CatalogEntry entry = session.kass().catalog().find(scope, new DocumentId(id));
      if (entry != null) {
        return entry;
      }
      List<CatalogEntry> others = session.kass().catalog().others(scope, id);
      for (CatalogEntry other : others) {
        if (other.id().value().equals(id)) {
          return other;
        }
      }
    }
    throw new NotFound(
        "'" + path + "' was not ingested. 'kass documents list' shows which documents were.");
  }

  private void show(CatalogEntry entry, ChunkIndex index, CallScope scope, Invocation invocation) {
    Output output = invocation.output();
    References references = invocation.references();
    output.line(output.style().bold(references.document(entry.id())));
    String passages = Ingested.count(entry.chunks(), "passage");
    String when = entry.at() == null ? "" : references.time(entry.at());
    output.paragraph(
        entry.skipped() == null
            ? passages + (when.isEmpty() ? ", not read by kass" : ", read " + when)
            : "Skipped " + when + ": " + Printable.line(entry.message()));
    var head = DocumentsListCommand.fields(entry, references).put("count", entry.chunks());
    List<Placed> places = entry.skipped() == null ? places(entry.id(), index, scope) : List.of();
    var view = new PassageView(output, text);
    try (var json = new JsonList(output, head.json(), "passages")) {
      for (int from = 0; from < places.size() && !output.closedByReader(); from += BATCH) {
        List<Placed> batch = places.subList(from, Math.min(places.size(), from + BATCH));
        Set<ChunkKey> keys = batch.stream().map(Placed::key).collect(Collectors.toSet());
        Map<ChunkKey, Chunk> found = new HashMap<>();
        index.get(scope, keys).forEach(chunk -> found.put(chunk.key(), chunk.chunk()));
        for (Placed placed : batch) {
          Chunk chunk = found.get(placed.key());
          if (chunk != null) {
            json.add(json(chunk, references));
            view.show(
                references.place(chunk.document(), chunk.place()), chunk.place(), chunk.passage());
          }
        }
      }
    }
  }

  /**
   * Where its chunks stand, in the document's order. Chunks are found by going through all keys: an
   * index has no shorter way that all stores could offer.
   */
  private static List<Placed> places(DocumentId id, ChunkIndex index, CallScope scope) {
    var places = new ArrayList<Placed>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<StoredChunk> page = index.scan(scope, KeyRange.ALL, cursor, false);
      for (StoredChunk stored : page.items()) {
        if (stored.chunk().document().equals(id)) {
          places.add(new Placed(stored.chunk().place(), stored.key()));
        }
      }
      cursor = page.next();
    }
    places.sort(Placed.ORDER);
    return places;
  }

  private static Json.Obj json(Chunk chunk, References references) {
    return new Fields()
        .put("key", chunk.key().hex())
        .put("reference", references.place(chunk.document(), chunk.place()))
        .put("place", Places.toJson(chunk.place()))
        .put("language", chunk.language().code())
        .put("text", chunk.passage())
        .json();
  }

  /** Where a chunk stands, and its key. */
  private record Placed(Place place, ChunkKey key) {
    static final Comparator<Placed> ORDER =
        Comparator.<Placed>comparingLong(placed -> placed.place().begin())
            .thenComparing(placed -> part(placed.place().locator()))
            .thenComparingLong(placed -> position(placed.place().locator()))
            .thenComparing(Placed::key);

    private static String part(Locator locator) {
      return switch (locator) {
        case Locator.Rows rows -> rows.sheet();
        case Locator.Messages messages -> messages.channel();
        case Locator.Part part -> part.name();
        case Locator.Lines lines -> "";
        case Locator.Pages pages -> "";
        case Locator.Whole whole -> "";
      };
    }

    private static long position(Locator locator) {
      return switch (locator) {
        case Locator.Rows rows -> rows.first();
        case Locator.Messages messages -> {
          Instant first = messages.first();
          yield first == null ? 0 : first.getEpochSecond();
        }
        case Locator.Lines lines -> lines.first();
        case Locator.Pages pages -> pages.first();
        case Locator.Part part -> 0;
        case Locator.Whole whole -> 0;
      };
    }
  }
}
