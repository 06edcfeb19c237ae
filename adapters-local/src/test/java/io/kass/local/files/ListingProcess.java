package io.kass.local.files;

import io.kass.ports.Cursor;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStore.Listing;
import io.kass.ports.document.StoredDocument;
import io.kass.ports.error.KassException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Lists and opens the documents of a folder, and prints what came of it, a line each. */
final class ListingProcess {
  private ListingProcess() {}

  public static void main(String[] arguments) {
    var store =
        new FilesystemDocumentStore(Path.of(arguments[0]), "", false, InstantSource.system());
    Listing listing = store.list(TestScopes.scope(), "", Cursor.START);
    for (DocumentStore.Problem problem : listing.problems()) {
      System.out.println(
          "problem " + problem.place() + " " + problem.hidesDocuments() + " " + problem.message());
    }
    for (StoredDocument document : listing.documents()) {
      System.out.println("document " + document.id());
      try {
        store.open(TestScopes.scope(), document.id(), null).close();
      } catch (KassException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
  }
}
