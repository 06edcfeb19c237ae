package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.config.DataConfig;
import io.kass.core.ingestion.CatalogEntry;
import io.kass.core.ingestion.IngestionReport;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStore.Listing;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.Filter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents that an evaluation asks: what was ingested, folders of the user, or a collection in
 * a file of {@code {"id", "text"}} lines. A collection has no business among the user's documents:
 * it gets a data directory of its own, for the time of the evaluation, or in the one that the flag
 * names.
 *
 * @param session KASS over them
 * @param filter which chunks are theirs
 * @param ids their ids
 * @param temporary the directory to delete in the end, or null
 */
record EvaluatedDocuments(
    Session session, Filter filter, List<DocumentId> ids, @Nullable Path temporary)
    implements AutoCloseable {
  private static final String FLAG = "--data-dir";

  /** Apart from an index that may be in the same directory: nothing of that may be touched. */
  private static final String COLLECTION = "eval-collection";

  static EvaluatedDocuments open(Invocation invocation, List<Target> targets) {
    Ingesting.refuseElsewhere(invocation, targets);
    if (targets.size() == 1 && isCollection(targets.getFirst())) {
      return ofCollection(invocation, targets.getFirst());
    }
    Session session =
        Session.open(
            invocation, targets.isEmpty() ? EnumSet.noneOf(Need.class) : EnumSet.of(Need.WRITING));
    boolean ready = false;
    try {
      var ids = new ArrayList<DocumentId>();
      if (targets.isEmpty()) {
        ids.addAll(ingested(invocation.scope(Ingesting.ALLOWED), session));
      }
      var ingesting = new Ingesting(invocation, session);
      for (Target target : targets) {
        DocumentStore documents = session.documents(target);
        tellSkipped(ingesting.run(documents, target.prefix()), target, invocation);
        ids.addAll(list(invocation.scope(Ingesting.ALLOWED), documents, target.prefix()));
      }
      ready = true;
      return new EvaluatedDocuments(session, Target.filter(targets), ids, null);
    } finally {
      if (!ready) {
        session.close();
      }
    }
  }

  private static boolean isCollection(Target target) {
    return !target.folder() && target.path().toString().endsWith(".jsonl");
  }

  private static EvaluatedDocuments ofCollection(Invocation invocation, Target file) {
    List<JsonLines.Line> lines = JsonLines.read(file.path(), file.given());
    boolean named = FLAG.equals(invocation.config().origins().get("data.dir"));
    Path directory =
        named ? invocation.config().data().dir().resolve(COLLECTION) : temporaryDirectory();
    Session session = null;
    boolean ready = false;
    try {
      session = Session.open(invocation.with(new DataConfig(directory)), EnumSet.of(Need.WRITING));
      List<DocumentId> ids = store(invocation, session.backend().documents(), lines);
      IngestionReport report =
          new Ingesting(invocation, session).run(session.backend().documents(), "");
      tellSkipped(report, file, invocation);
      ready = true;
      return new EvaluatedDocuments(session, Filter.all(), ids, named ? null : directory);
    } finally {
      if (!ready) {
        if (session != null) {
          session.close();
        }
        if (!named) {
          delete(directory);
        }
      }
    }
  }

  /** Makes the backend's own store hold this collection and nothing else. */
  private static List<DocumentId> store(
      Invocation invocation, DocumentStore documents, List<JsonLines.Line> lines) {
    CallScope scope = invocation.scope(Ingesting.ALLOWED);
    Set<DocumentId> before = new HashSet<>(list(scope, documents, ""));
    Set<DocumentId> ids = new HashSet<>();
    for (JsonLines.Line line : lines) {
      var id = new DocumentId(line.text("id"));
      if (!ids.add(id)) {
        throw line.wrong("has the id of an earlier line");
      }
      byte[] text = line.text("text").getBytes(StandardCharsets.UTF_8);
      try {
        documents.put(scope, id, new ByteArrayInputStream(text), text.length);
      } catch (InvalidRequest e) {
        throw line.wrong("has an id that cannot be kept: " + e.getMessage());
      }
    }
    before.stream().filter(id -> !ids.contains(id)).forEach(id -> documents.remove(scope, id));
    return List.copyOf(ids);
  }

  private static List<DocumentId> ingested(CallScope scope, Session session) {
    var ids = new ArrayList<DocumentId>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<CatalogEntry> page = session.kass().catalog().page(scope, "", cursor);
      page.items().forEach(entry -> ids.add(entry.id()));
      cursor = page.next();
    }
    session.kass().catalog().others(scope, "").forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  private static List<DocumentId> list(CallScope scope, DocumentStore documents, String prefix) {
    var ids = new ArrayList<DocumentId>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Listing page = documents.list(scope, prefix, cursor);
      page.documents().forEach(document -> ids.add(document.id()));
      cursor = page.next();
    }
    return ids;
  }

  private static void tellSkipped(IngestionReport report, Target target, Invocation invocation) {
    int skipped = report.skipped().size();
    if (skipped > 0) {
      invocation
          .output()
          .notice(
              "%s of %s could not be read; 'kass ingest' says why."
                  .formatted(Ingested.count(skipped, "document"), target.given()));
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("kass-eval");
    } catch (IOException e) {
      throw new Unavailable(
          "No temporary directory can be made (" + e.getMessage() + "). Name one: --data-dir DIR",
          e);
    }
  }

  private static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(path);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure)
                throws IOException {
              Files.delete(path);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new Unavailable(
          "The temporary directory %s could not be deleted; delete it.".formatted(directory), e);
    }
  }

  @Override
  public void close() {
    session.close();
    if (temporary != null) {
      delete(temporary);
    }
  }
}
