package io.kass.local.files;

import io.kass.local.disk.DiskErrors;
import io.kass.ports.document.DocumentId;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Ids as paths that never lead out of a folder, and failures of files as KASS tells them. */
final class SafePaths {
  /** Whether every name that is text can be read and written. */
  static final boolean UTF_8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

  private SafePaths() {}

  /** The text of a path with {@code /} between its names. */
  static String text(Path path) {
    String text = path.toString();
    String separator = path.getFileSystem().getSeparator();
    return separator.equals("/") ? text : text.replace(separator, "/");
  }

  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw failure(e, text(path));
    }
  }

  /**
   * The path of an id within a folder, links not yet followed.
   *
   * @param prefix what every id of this store begins with
   * @throws NotFound when no document of this store can have that id
   */
  static Path within(Path folder, String prefix, DocumentId id) {
    if (!id.value().startsWith(prefix) || id.value().length() == prefix.length()) {
      throw notFound(id);
    }
    Path path = folder;
    for (String name : id.value().substring(prefix.length()).split("/", -1)) {
      if (name.isEmpty() || isHidden(name)) {
        throw notFound(id);
      }
      try {
        Path next = path.resolve(name);
        if (next.getNameCount() != path.getNameCount() + 1 || !path.equals(next.getParent())) {
          throw notFound(id);
        }
        path = next;
      } catch (InvalidPathException e) {
        throw new InvalidRequest(
            "The name '%s' cannot be a file's here; is the locale UTF-8?".formatted(name), e);
      }
    }
    return path;
  }

  /** Whether the text of a name is only a likeness of its bytes, by which nothing is found. */
  static boolean isGarbled(Path entry, String name) {
    if (name.indexOf('\uFFFD') < 0) {
      return false;
    }
    try {
      return !entry.resolveSibling(name).equals(entry);
    } catch (InvalidPathException e) {
      return true;
    }
  }

  /** Names that begin with a dot, {@code .} and {@code ..} among them. */
  static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  static NotFound notFound(DocumentId id) {
    return new NotFound("There is no document '" + id + "'.");
  }

  static KassException failure(IOException e, String what) {
    return switch (e) {
      case NoSuchFileException gone -> new NotFound("There is no file '" + what + "'.", e);
      case AccessDeniedException denied ->
          new Rejected("'" + what + "' may not be read or written by this user.", e);
      case FileSystemException f when reason(f).contains("too long") ->
          new InvalidRequest("The name '" + what + "' is too long to be kept as a file.", e);
      case FileSystemException f when reason(f).contains("Read-only") ->
          new Misconfigured("'" + what + "' is on a file system that is read-only.", e);
      case FileSystemException f when DiskErrors.isFull(f) ->
          new Unavailable("The disk is full: '" + what + "' was not written.", e);
      default -> new Unavailable("'" + what + "' cannot be used now: " + e.getMessage(), e);
    };
  }

  static String reason(FileSystemException e) {
    return e.getReason() == null ? "" : e.getReason();
  }
}
