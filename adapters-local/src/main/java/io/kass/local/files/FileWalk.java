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
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A walk through a folder in the order of the ids' bytes, page by page. Each folder is read once,
 * when its turn comes, and each file is looked at once, when its own does; so whoever asks the same
 * walk for page after page has read everything once in the end. A walk that begins in the middle
 * reads the folders on the way there, and looks at nothing that comes before. Between pages it
 * holds the names of the folders on the way to where it stands, and nothing open. Used by one
 * thread at a time.
 */
final class FileWalk {
  private static final String TOO_LONG =
      "Its path is too long to be read: shorten the names of the folders on the way.";

  /** What a document's id can hold, as bytes in UTF-8. */
  private static final int LONGEST_ID = 4096;

  private final Path root;
  private final String prefix;
  private final int size;

  /** The folders on the way to where it stands, the innermost first. */
  private final Deque<Folder> way = new ArrayDeque<>();

  private final List<StoredDocument> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /** The place that was told last. */
  private String after;

  /**
   * Begins a walk.
   *
   * @param root the folder, its links resolved
   * @param rootId what ids begin with: empty, or ending with a slash
   * @param prefix only ids that begin so
   * @param cursor where another walk stopped, or the start
   * @param size how many documents and problems a page holds
   */
  FileWalk(Path root, String rootId, String prefix, Cursor cursor, int size) {
    this.root = root;
    this.prefix = prefix;
    this.after = cursor.token();
    this.size = size;
    enter(root, rootId);
  }

  /** Whether the next page is the one that is asked for so. */
  boolean standsAt(String wantedPrefix, Cursor cursor) {
    return prefix.equals(wantedPrefix) && after.equals(cursor.token());
  }

  /** The next page. */
  Listing page() {
    documents.clear();
    problems.clear();
    while (!way.isEmpty() && documents.size() + problems.size() < size) {
      Folder folder = way.element();
      String name = folder.poll();
      if (name == null) {
        way.remove();
      } else if (name.endsWith("/")) {
        enter(folder.path.resolve(name), folder.id + name);
      } else {
        look(folder, name);
      }
    }
    return new Listing(documents, problems, way.isEmpty() ? null : new Cursor(after));
  }

  /** What is in a folder and was not yet dealt with. */
  private static final class Folder {
    private final Path path;
    private final String id;
    private final List<String> names;
    private final Set<String> garbled;
    private int next;

    /** Folders in it that come after something whose name begins with theirs, the first on top. */
    private final Deque<String> later = new ArrayDeque<>();

    Folder(Path path, String id, List<String> names, Set<String> garbled) {
      this.path = path;
      this.id = id;
      this.names = names;
      this.garbled = garbled;
    }

    /**
     * The next name, with a slash behind it where it was found to be a folder's and its turn has
     * come; null at the end.
     */
    @Nullable String poll() {
      String folder = later.peek();
      boolean more = next < names.size();
      // A folder's ids have a slash behind its name: those of "a-b" come between "a" and "a/".
      if (folder != null && !(more && Bytewise.compare(names.get(next), folder) < 0)) {
        return later.remove();
      }
      return more ? names.get(next++) : null;
    }

    void later(String name) {
      later.push(name + "/");
    }
  }

  private void enter(Path path, String id) {
    var names = new ArrayList<String>();
    var garbled = new HashSet<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!SafePaths.isHidden(name) && mayHoldMore(id + name)) {
          names.add(name);
          if (SafePaths.isGarbled(entry, name)) {
            garbled.add(name);
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // it went away meanwhile, or was never made
    } catch (IOException | DirectoryIteratorException e) {
      problem(
          id.isEmpty() ? "/" : id,
          true,
          isTooLong(e) ? TOO_LONG : "The folder cannot be opened: check who may read it.");
      return;
    }
    if (!SafePaths.UTF_8 && !garbled.isEmpty()) {
      // In another locale they may have had names, and be known by them.
      problem(
          id.isEmpty() ? "/" : id,
          true,
          "It holds names that this locale cannot read: use a UTF-8 locale.");
      names.removeAll(garbled);
    }
    names.sort(Bytewise::compare);
    way.push(new Folder(path, id, names, garbled));
  }

  /** Whether an entry of this id, or something in it, can be wanted. */
  private boolean mayHoldMore(String id) {
    String within = id + "/";
    boolean wanted = within.startsWith(prefix) || prefix.startsWith(within);
    return wanted && (isAfter(within) || after.startsWith(within));
  }

  private void look(Folder folder, String name) {
    String id = folder.id + name;
    if (folder.garbled.contains(name)) {
      problem(id, false, "Its name is not UTF-8: rename it.");
      return;
    }
    Path path = folder.path.resolve(name);
    FileState state;
    try {
      state = FileState.of(path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // it went away meanwhile
    } catch (IOException e) {
      problem(id, true, isTooLong(e) ? TOO_LONG : "It cannot be looked at: check who may read it.");
      return;
    }
    switch (state.kind()) {
      case FOLDER -> folder.later(name);
      case FILE -> file(id, state);
      case LINK -> link(id, path);
      case OTHER -> problem(id, false, "It is no file, but a pipe, socket or device.");
    }
  }

  private void file(String id, FileState state) {
    if (!cut(id).equals(id)) {
      problem(id, false, TOO_LONG);
    } else if (id.startsWith(prefix) && isAfter(id)) {
      documents.add(
          new StoredDocument(new DocumentId(id), state.size(), state.version(), state.modified()));
      after = id;
    }
  }

  /** What a link within the folder leads to is listed where it is. */
  private void link(String id, Path path) {
    try {
      if (!path.toRealPath().startsWith(root)) {
        problem(id, false, "It is a link that leads out of the folder; it is not followed.");
      }
    } catch (IOException e) {
      problem(id, false, "It is a link that leads nowhere.");
    }
  }

  private static boolean isTooLong(Exception e) {
    return e instanceof FileSystemException f && SafePaths.reason(f).contains("too long");
  }

  /** The longest beginning of whole characters that a document's id can hold. */
  private static String cut(String id) {
    if (id.length() * 3 <= LONGEST_ID) {
      return id;
    }
    int bytes = 0;
    int end = 0;
    while (end < id.length()) {
      int c = id.codePointAt(end);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > LONGEST_ID) {
        break;
      }
      end += Character.charCount(c);
    }
    return id.substring(0, end);
  }

  private boolean isAfter(String id) {
    return after.isEmpty() || Bytewise.compare(id, after) > 0;
  }

  /** Problems are told once, on the page on which their place comes. */
  private void problem(String whole, boolean hides, String message) {
    String place = cut(whole);
    if ((place.startsWith(prefix) || prefix.startsWith(place)) && isAfter(place)) {
      problems.add(new Problem(place, hides, message));
      after = place;
    }
  }
}
