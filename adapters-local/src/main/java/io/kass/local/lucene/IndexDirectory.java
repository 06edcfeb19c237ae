package io.kass.local.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** The directory of the index, which is not made before something is written. Thread-safe. */
final class IndexDirectory implements Closeable {
  private final Path path;
  private final Opener opener;
  private @Nullable Directory open;

  /** How Lucene gets at a directory that exists. */
  @FunctionalInterface
  interface Opener {
    Directory open(Path path) throws IOException;
  }

  IndexDirectory(Path path) {
    this(path, FSDirectory::open);
  }

  IndexDirectory(Path path, Opener opener) {
    this.path = path;
    this.opener = opener;
  }

  Path path() {
    return path;
  }

  /** The directory to read from; null while there is none. */
  synchronized @Nullable Directory existing() throws IOException {
    return Files.isDirectory(path) ? opened() : null;
  }

  /** The directory to write to. */
  synchronized Directory made() throws IOException {
    Files.createDirectories(path);
    return opened();
  }

  private Directory opened() throws IOException {
    Directory directory = open;
    if (directory == null) {
      directory = opener.open(path);
      open = directory;
    }
    return directory;
  }

  @Override
  public synchronized void close() throws IOException {
    if (open != null) {
      open.close();
    }
  }
}
