package io.kass.cli;

import io.kass.cli.Session.Need;
import io.kass.core.ingestion.Catalog;
import io.kass.core.ingestion.CatalogEntry;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.error.KassException.NotFound;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes documents out of the index. */
@Command(name = "remove")
final class DocumentsRemoveCommand implements Action {
  @Parameters(arity = "1..*", paramLabel = "PATH")
  private List<String> paths = List.of();

  @Mixin private final Confirmation confirmation = new Confirmation();

  @Override
  public ExitCode run(Invocation invocation) {
    try (Session session = Session.open(invocation, EnumSet.of(Need.WRITING))) {
      CallScope scope = invocation.scope(DocumentsListCommand.ALLOWED);
      Catalog catalog = session.kass().catalog();
      var prefixes = new ArrayList<String>();
      long count = 0;
      for (String path : paths) {
        String prefix = prefix(path, catalog, scope, invocation);
        prefixes.add(prefix);
        count += count(catalog, scope, prefix);
      }
      String question =
          "Remove " + Ingested.count(count, "document") + " from the index? The files stay.";
      Output output = invocation.output();
      long removed = 0;
      if (confirmation.given(invocation, question)) {
        for (String prefix : prefixes) {
          removed += remove(catalog, scope, prefix);
        }
      }
      output.json(new Fields().put("removed", removed).json());
      if (!output.quiet()) {
        output.paragraph(
            removed == 0
                ? "Nothing was removed."
                : Ingested.count(removed, "document")
                    + " removed. The next 'kass ingest' that finds the file brings it back.");
      }
      return ExitCode.FINE;
    }
  }

  private static String prefix(
      String path, Catalog catalog, CallScope scope, Invocation invocation) {
    for (String prefix : DocumentName.prefixes(path, invocation.workingDirectory())) {
      if (!DocumentsListCommand.isEmpty(catalog, scope, prefix)) {
        return prefix;
      }
    }
    throw new NotFound(
        "'" + path + "' was not ingested. 'kass documents list' shows which documents were.");
  }

  private static long count(Catalog catalog, CallScope scope, String prefix) {
    long count = 0;
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<CatalogEntry> page = catalog.page(scope, prefix, cursor);
      count += page.items().size();
      cursor = page.next();
    }
    return count + catalog.others(scope, prefix).size();
  }

  private static long remove(Catalog catalog, CallScope scope, String prefix) {
    long removed = 0;
    for (CatalogEntry other : catalog.others(scope, prefix)) {
      removed += catalog.removeOther(scope, other.id()) ? 1 : 0;
    }
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Page<CatalogEntry> page = catalog.page(scope, prefix, cursor);
      for (CatalogEntry entry : page.items()) {
        removed += catalog.remove(scope, entry.id()) ? 1 : 0;
      }
      cursor = page.next();
    }
    return removed;
  }
}
