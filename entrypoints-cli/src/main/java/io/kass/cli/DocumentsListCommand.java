package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.cli.terminal.Printable;
import io.kass.cli.terminal.Wrap;
import io.kass.core.ingestion.Catalog;
import io.kass.core.ingestion.CatalogEntry;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Json;
import io.kass.ports.Page;
import io.kass.ports.document.Reading.Cause;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what was ingested. */
@Command(name = "list")
final class DocumentsListCommand implements Action {
  static final Duration ALLOWED = Duration.ofHours(1);

  /** Where less room is, each document takes two lines. */
  private static final int ROOMY = 60;

  /** Stands where the time would, in as many columns. */
  private static final String NOT_KNOWN = "not by kass     ";

  @Parameters(arity = "0..1", paramLabel = "PATH")
  private @Nullable String path;

  @Option(names = "--skipped")
  private boolean skipped;

  @Override
  public ExitCode run(Invocation invocation) {
    Output output = invocation.output();
    try (Session session = Session.open(invocation, EnumSet.noneOf(Need.class))) {
      CallScope scope = invocation.scope(ALLOWED);
      Catalog catalog = session.kass().catalog();
      String prefix = prefix(catalog, scope, invocation);
      var references = invocation.references();
      boolean found = false;
      try (var json = new JsonList(output, new Json.Obj(Map.of()), "documents")) {
        Cursor cursor = Cursor.START;
        while (cursor != null && !output.closedByReader()) {
          Page<CatalogEntry> page = catalog.page(scope, prefix, cursor);
          for (CatalogEntry entry : page.items()) {
            if (!skipped || entry.skipped() != null) {
              found = true;
              json.add(json(entry, references));
              show(entry, references, output);
            }
          }
          cursor = page.next();
        }
        List<CatalogEntry> others = skipped ? List.of() : catalog.others(scope, prefix);
        for (CatalogEntry entry : others) {
          found = true;
          json.add(json(entry, references));
          show(entry, references, output);
        }
      }
      if (!found) {
        output.line(nothing());
      }
      return found ? ExitCode.FINE : ExitCode.NOTHING_FOUND;
    }
  }

  /** Of what can be meant, the first that there is something of. */
  private String prefix(Catalog catalog, CallScope scope, Invocation invocation) {
    if (path == null) {
      return "";
    }
    List<String> prefixes = DocumentName.prefixes(path, invocation.workingDirectory());
    return prefixes.stream()
        .filter(prefix -> !isEmpty(catalog, scope, prefix))
        .findFirst()
        .orElse(prefixes.getFirst());
  }

  /** Whether there is nothing of these documents, whoever wrote them. */
  static boolean isEmpty(Catalog catalog, CallScope scope, String prefix) {
    return hasNothingNoted(catalog, scope, prefix) && catalog.others(scope, prefix).isEmpty();
  }

  private static boolean hasNothingNoted(Catalog catalog, CallScope scope, String prefix) {
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<CatalogEntry> page = catalog.page(scope, prefix, cursor);
      if (!page.items().isEmpty()) {
        return false;
      }
      cursor = page.next();
    }
    return true;
  }

  private String nothing() {
    String where = path == null ? "" : " of " + Printable.line(path);
    return skipped
        ? "No document" + where + " was skipped."
        : "No document" + where + " was ingested.";
  }

  static Json.Obj json(CatalogEntry entry, References references) {
    return fields(entry, references).json();
  }

  static Fields fields(CatalogEntry entry, References references) {
    Cause cause = entry.skipped();
    return new Fields()
        .put("document", entry.id().value())
        .put("reference", references.document(entry.id()))
        .put("state", cause == null ? "indexed" : "skipped")
        .put("chunks", entry.chunks())
        .put("at", entry.at() == null ? null : entry.at().toString())
        .put("cause", cause == null ? null : Ingested.label(cause))
        .put("message", cause == null ? null : entry.message());
  }

  private static void show(CatalogEntry entry, References references, Output output) {
    boolean indexed = entry.skipped() == null;
    String reference = references.document(entry.id());
    String state = indexed ? Integer.toString(entry.chunks()) : "skipped";
    String when = entry.at() == null ? NOT_KNOWN : references.time(entry.at());
    if (output.columns() >= ROOMY) {
      String first = String.format(Locale.ROOT, "%s  %7s  ", when, state);
      output.line(output.style().dim(first) + reference);
    } else {
      output.line(reference);
      String passages = indexed ? Ingested.count(entry.chunks(), "passage") : state;
      output.line(output.style().dim("  " + when + "  " + passages));
    }
    if (!indexed) {
      String margin = output.columns() >= ROOMY ? " ".repeat(27) : "  ";
      int room =
          output.columns() == Wrap.UNLIMITED
              ? output.columns()
              : output.columns() - margin.length();
      Wrap.lines(Printable.line(entry.message()), room).forEach(line -> output.line(margin + line));
    }
  }
}
