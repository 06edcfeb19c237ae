package io.kass.local.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What the file system tells of a file.
 *
 * @param kind what it is
 * @param size in bytes
 * @param modified when it was last written, as the file says; anybody may set it
 * @param version size, time of writing, time of change and number of the file: a file that was
 *     changed has another, also when its time was set back
 */
record FileState(Kind kind, long size, Instant modified, String version) {
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER
  }

  /** The state of what is at the path itself, links not followed. */
  static FileState of(Path path) throws IOException {
    BasicFileAttributes basic =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Instant modified = basic.lastModifiedTime().toInstant();
    return new FileState(
        kind(basic),
        basic.size(),
        modified,
        basic.size() + " " + modified + " " + change(path, basic));
  }

  /** What a program cannot set back, where the file system tells it. */
  private static String change(Path path, BasicFileAttributes basic) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.readAttributes(path, "unix:ctime,ino", LinkOption.NOFOLLOW_LINKS).toString()
        : String.valueOf(basic.fileKey());
  }

  private static Kind kind(BasicFileAttributes basic) {
    if (basic.isRegularFile()) {
      return Kind.FILE;
    }
    return basic.isDirectory() ? Kind.FOLDER : basic.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
  }
}
