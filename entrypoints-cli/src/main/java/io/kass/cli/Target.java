package io.kass.cli;

import io.kass.ports.Json;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.Filter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file or folder that the user points at.
 *
 * @param given as they wrote it
 * @param path its real path
 * @param folder whether it is a folder
 */
record Target(String given, Path path, boolean folder) {

  /**
   * What was meant.
   *
   * @throws InvalidRequest when it is not there, or nothing that can be read
   */
  static Target of(String given, Path workingDirectory) {
    return of(given, workingDirectory, "");
  }

  /**
   * The same.
   *
   * @param hint what to say beside that it is not there
   */
  private static Target of(String given, Path workingDirectory, String hint) {
    try {
      Path path = workingDirectory.resolve(given).toRealPath();
      if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
        throw new InvalidRequest("'" + given + "' is neither a file nor a folder.");
      }
      if (!Files.isReadable(path)) {
        throw new InvalidRequest("'" + given + "' may not be read by this user.");
      }
      return new Target(given, path, Files.isDirectory(path));
    } catch (NoSuchFileException e) {
      throw new InvalidRequest("There is no file or folder '" + given + "'." + hint, e);
    } catch (AccessDeniedException e) {
      throw new InvalidRequest("'" + given + "' may not be read by this user.", e);
    } catch (FileSystemLoopException e) {
      throw new InvalidRequest("'" + given + "' is a link that leads to itself.", e);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new InvalidRequest("'" + given + "' cannot be opened: " + e.getMessage(), e);
    }
  }

  /** What was meant by several, whose documents are, or may once have been, in the index. */
  static List<Target> all(List<String> given, Path workingDirectory) {
    return given.stream().distinct().map(path -> of(path, workingDirectory, gone(path))).toList();
  }

  private static String gone(String given) {
    return " If it was deleted, 'kass documents remove "
        + given
        + "' takes out what is known of it.";
  }

  /** The id of the document, or the beginning of the ids of all documents in the folder. */
  String prefix() {
    String text = path.toString().replace('\\', '/');
    return folder && !text.endsWith("/") ? text + "/" : text;
  }

  /** The condition that a chunk comes from here. */
  Filter filter() {
    return folder
        ? Filter.documentsUnder(prefix())
        : new Filter.Equals(Filter.DOCUMENT, Json.of(prefix()));
  }

  /** The condition that a chunk comes from one of these; everything where there are none. */
  static Filter filter(List<Target> targets) {
    return switch (targets.size()) {
      case 0 -> Filter.all();
      case 1 -> targets.getFirst().filter();
      default -> new Filter.Or(targets.stream().map(Target::filter).toList());
    };
  }

  /** Their names as the user wrote them, for a message. */
  static String names(List<Target> targets) {
    List<String> names = targets.stream().map(Target::given).toList();
    return names.size() <= 3
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 2)) + " and " + (names.size() - 2) + " more";
  }
}
