package io.kass.local.files;

import io.kass.ports.Bytewise;
import io.kass.ports.Cursor;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore.Listing;
import io.kass.ports.document.DocumentStore.Problem;
import io.kass.ports.document.StoredDocument;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a walk through a folder in the order of the ids' bytes. What a page holds in memory
 * is the page, and the names of the folders on the way to its end.
 */
final class FileWalk {
  /** Large, since each page reads the folders on the way to it again. */
  static final int PAGE = 10_000;

  private final Path root;
  private final String prefix;
  private final String after;
  private final List<StoredDocument> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private FileWalk(Path root, String prefix, String after) {
    this.root = root;
    this.prefix = prefix;
    this.after = after;
  }

  /**
   * Lists documents.
   *
   * @param root the folder, its links resolved
   * @param rootId what ids begin with: empty, or ending with a slash
   * @param prefix only ids that begin so
   */
  static Listing page(Path root, String rootId, String prefix, Cursor cursor) {
    var walk = new FileWalk(root, prefix, cursor.token());
    walk.folder(root, rootId);
    boolean full = walk.documents.size() > PAGE;
    List<StoredDocument> page = full ? walk.documents.subList(0, PAGE) : walk.documents;
    return new Listing(page, walk.problems, full ? new Cursor(page.getLast().id().value()) : null);
  }

  /** An entry of a folder, by the beginning of the ids it stands for. */
  private record Entry(String id, Path path, FileState state) {
    boolean isFolder() {
      return state.kind() == FileState.Kind.FOLDER;
    }
  }

  private void folder(Path folder, String id) {
    for (Entry entry : entries(folder, id)) {
      if (documents.size() > PAGE) {
        return;
      }
      if (entry.isFolder()) {
        if (mayHoldMore(entry.id())) {
          folder(entry.path(), entry.id());
        }
      } else if (entry.id().startsWith(prefix) && isAfter(entry.id())) {
        file(entry);
      }
    }
  }

  private void file(Entry entry) {
    switch (entry.state().kind()) {
      case FILE ->
          documents.add(
              new StoredDocument(
                  new DocumentId(entry.id()),
                  entry.state().size(),
                  entry.state().version(),
                  entry.state().modified()));
      case LINK -> link(entry);
      case OTHER -> problem(entry.id(), false, "It is no file, but a pipe, socket or device.");
      case FOLDER -> throw new IllegalStateException("a folder is walked");
    }
  }

  /** What a link within the folder leads to is listed where it is. */
  private void link(Entry entry) {
    try {
      if (!entry.path().toRealPath().startsWith(root)) {
        problem(
            entry.id(), false, "It is a link that leads out of the folder; it is not followed.");
      }
    } catch (IOException e) {
      problem(entry.id(), false, "It is a link that leads nowhere.");
    }
  }

  private List<Entry> entries(Path folder, String id) {
    var entries = new ArrayList<Entry>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        add(path, id, entries);
      }
    } catch (NoSuchFileException e) {
      return List.of(); // it went away meanwhile, or was never made
    } catch (IOException | DirectoryIteratorException e) {
      problem(id.isEmpty() ? "/" : id, true, "The folder cannot be opened: check who may read it.");
      return List.of();
    }
    entries.sort((a, b) -> Bytewise.compare(a.id(), b.id()));
    return entries;
  }

  private void add(Path path, String folderId, List<Entry> entries) {
    String name = path.getFileName().toString();
    if (SafePaths.isHidden(name)) {
      return;
    }
    try {
      FileState state = FileState.of(path);
      boolean folder = state.kind() == FileState.Kind.FOLDER;
      entries.add(new Entry(folderId + name + (folder ? "/" : ""), path, state));
    } catch (NoSuchFileException e) {
      return; // it went away meanwhile
    } catch (IOException e) {
      problem(folderId + name, true, "It cannot be looked at: check who may read it.");
    }
  }

  private boolean mayHoldMore(String folderId) {
    boolean wanted = folderId.startsWith(prefix) || prefix.startsWith(folderId);
    boolean later = isAfter(folderId) || after.startsWith(folderId);
    return wanted && later;
  }

  private boolean isAfter(String id) {
    return after.isEmpty() || Bytewise.compare(id, after) > 0;
  }

  /** Problems are told once, on the page on which their place comes. */
  private void problem(String place, boolean hides, String message) {
    if ((place.startsWith(prefix) || prefix.startsWith(place)) && isAfter(place)) {
      problems.add(new Problem(place, hides, message));
    }
  }
}
