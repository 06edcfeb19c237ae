package io.kass.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the user calls a document or folder that was ingested and may be gone by now. */
final class DocumentName {
  private DocumentName() {}

  /**
   * The ids, or beginnings of ids, that can be meant, the likeliest first: the path that is there,
   * the path that was there, the id itself.
   */
  static List<String> prefixes(String given, Path workingDirectory) {
    var prefixes = new ArrayList<String>();
    try {
      Path path = workingDirectory.resolve(given).normalize();
      prefixes.add(real(path).toString().replace('\\', '/'));
    } catch (InvalidPathException e) {
      // Then it is an id.
    }
    if (!prefixes.contains(given)) {
      prefixes.add(given);
    }
    return prefixes;
  }

  /** The path with all links resolved, as far as it is there. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }
}
