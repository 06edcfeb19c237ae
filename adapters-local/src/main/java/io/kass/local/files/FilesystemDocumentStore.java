package io.kass.local.files;

import static java.util.Objects.requireNonNull;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.StoredDocument;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Documents as files of a folder. Hidden names (with a dot in front) are no documents; a path that
 * leads out of the folder once its links are followed is refused. Thread-safe, and safe beside
 * other processes with the same folder.
 */
final class FilesystemDocumentStore implements DocumentStore {
  private static final int PAGE = 10_000;
  private static final int TRIES = 5;
  private static final int BUFFER = 1 << 16;

  private final Path root;
  private final String prefix;
  private final boolean writes;
  private final InstantSource clock;
  private final WriteLock lock;
  private final int pageSize;

  /** The walk that was listed from last, so that its next page need not begin from the root. */
  private final AtomicReference<@Nullable FileWalk> suspended = new AtomicReference<>();

  /**
   * @param root a folder, or one file where nothing is written
   * @param prefix what ids begin with before the path within the folder: empty, or ending with a
   *     slash
   */
  FilesystemDocumentStore(Path root, String prefix, boolean writes, InstantSource clock) {
    this(root, prefix, writes, clock, PAGE);
  }

  FilesystemDocumentStore(
      Path root, String prefix, boolean writes, InstantSource clock, int pageSize) {
    this.root = root.toAbsolutePath().normalize();
    this.prefix = prefix;
    this.writes = writes;
    this.clock = clock;
    this.lock = new WriteLock(this.root);
    this.pageSize = pageSize;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(writes, false, false);
  }

  @Override
  public OpenDocument open(CallScope scope, DocumentId id, @Nullable String version) {
    scope.check(clock);
    Path path = path(id);
    try {
      for (int i = 0; i < TRIES; i++) {
        FileState before = stateOf(path, id);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        if (before.equals(FileState.of(path))) {
          if (version != null && !version.equals(before.version())) {
            channel.close();
            throw new NotFound("Document '" + id + "' has no version " + version + " any more.");
          }
          return new OpenDocument(document(id, before), channel);
        }
        channel.close(); // it was replaced just now
      }
    } catch (NoSuchFileException e) {
      throw SafePaths.notFound(id);
    } catch (IOException e) {
      throw SafePaths.failure(e, id.value());
    }
    throw new Unavailable("Document '" + id + "' is being written all the time; try again.");
  }

  @Override
  public StoredDocument put(CallScope scope, DocumentId id, InputStream content, long length) {
    return store(scope, id, content, length, null, false);
  }

  @Override
  public StoredDocument putIf(
      CallScope scope, DocumentId id, InputStream content, long length, @Nullable String expected) {
    return store(scope, id, content, length, expected, true);
  }

  private StoredDocument store(
      CallScope scope,
      DocumentId id,
      InputStream content,
      long length,
      @Nullable String expected,
      boolean conditional) {
    checkWrites(scope);
    Path path = path(id);
    try {
      Files.createDirectories(root);
      Path whole = Files.createTempFile(root, ".kass-", ".part");
      try {
        copy(content, length, whole);
        return lock.holding(() -> moveIn(id, path, whole, expected, conditional));
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw SafePaths.failure(e, id.value());
    }
  }

  private StoredDocument moveIn(
      DocumentId id, Path path, Path whole, @Nullable String expected, boolean conditional)
      throws IOException {
    if (conditional) {
      requireVersion(id, path, expected);
    }
    Path folder = folderOf(path);
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new InvalidRequest("A part of '" + id + "' is a document, not a folder.", e);
    }
    requireInside(folder, id);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidRequest("'" + id + "' is a folder, not a document.");
    }
    Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
    return document(id, FileState.of(path));
  }

  private static void requireVersion(DocumentId id, Path path, @Nullable String expected)
      throws IOException {
    String current;
    try {
      current = FileState.of(path).version();
    } catch (NoSuchFileException e) {
      current = null;
    }
    if (expected == null ? current != null : !expected.equals(current)) {
      throw new Rejected("Document '" + id + "' was changed by another meanwhile.");
    }
  }

  /** Copies exactly this many bytes, durably. */
  private static void copy(InputStream content, long length, Path to) throws IOException {
    long copied = 0;
    try (FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        copied += n;
        if (copied > length) {
          break;
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
    if (copied != length) {
      throw new InvalidRequest("The content is not of the length that was told, " + length + ".");
    }
  }

  @Override
  public Listing list(CallScope scope, String idPrefix, Cursor cursor) {
    scope.check(clock);
    if (Files.isRegularFile(root)) {
      return file(idPrefix);
    }
    FileWalk walk = suspended.getAndSet(null);
    if (walk == null || !walk.standsAt(idPrefix, cursor)) {
      walk = new FileWalk(root, prefix, idPrefix, cursor, pageSize);
    }
    Listing page = walk.page();
    if (page.next() != null) {
      suspended.set(walk);
    }
    return page;
  }

  /** The listing of a store over one file. */
  private Listing file(String idPrefix) {
    var id = new DocumentId(SafePaths.text(root));
    if (!id.value().startsWith(idPrefix)) {
      return new Listing(List.of(), List.of(), null);
    }
    try {
      return new Listing(List.of(document(id, FileState.of(root))), List.of(), null);
    } catch (IOException e) {
      throw SafePaths.failure(e, id.value());
    }
  }

  @Override
  public boolean remove(CallScope scope, DocumentId id) {
    checkWrites(scope);
    Path path = path(id);
    try {
      return Files.exists(root) && lock.holding(() -> delete(id, path));
    } catch (IOException e) {
      throw SafePaths.failure(e, id.value());
    }
  }

  private boolean delete(DocumentId id, Path path) throws IOException {
    try {
      stateOf(path, id);
    } catch (NoSuchFileException | NotFound e) {
      return false;
    }
    Files.delete(path);
    Path folder = folderOf(path);
    while (!folder.equals(root)) {
      try {
        Files.delete(folder);
      } catch (DirectoryNotEmptyException e) {
        return true;
      }
      folder = folderOf(folder);
    }
    return true;
  }

  @Override
  public Page<StoredDocument> versions(CallScope scope, DocumentId id, Cursor cursor) {
    scope.check(clock);
    Path path = path(id);
    try {
      return new Page<>(List.of(document(id, stateOf(path, id))), null);
    } catch (NoSuchFileException | NotFound e) {
      return new Page<>(List.of(), null);
    } catch (IOException e) {
      throw SafePaths.failure(e, id.value());
    }
  }

  @Override
  public URI presign(CallScope scope, DocumentId id, Access access, Duration validity) {
    throw new InvalidRequest("Files in a folder have no links that others could use.");
  }

  private Path path(DocumentId id) {
    if (Files.isRegularFile(root)) {
      if (!id.value().equals(SafePaths.text(root))) {
        throw SafePaths.notFound(id);
      }
      return root;
    }
    return SafePaths.within(root, prefix, id);
  }

  /** The state of a file that is really one and really within the folder. */
  private FileState stateOf(Path path, DocumentId id) throws IOException {
    requireInside(path, id);
    FileState state = FileState.of(path.toRealPath());
    if (state.kind() != FileState.Kind.FILE) {
      throw SafePaths.notFound(id);
    }
    return FileState.of(path).kind() == FileState.Kind.FILE ? FileState.of(path) : state;
  }

  private void requireInside(Path path, DocumentId id) throws IOException {
    Path real = path.toRealPath();
    if (!real.startsWith(root.toRealPath())) {
      throw new Rejected("'" + id + "' leads out of the folder; it is not opened.");
    }
  }

  /** The folder that a path within the root stands in. */
  private static Path folderOf(Path path) {
    return requireNonNull(path.getParent());
  }

  private void checkWrites(CallScope scope) {
    scope.check(clock);
    if (!writes) {
      throw new InvalidRequest("These documents are only read, never written.");
    }
  }

  private static StoredDocument document(DocumentId id, FileState state) {
    return new StoredDocument(id, state.size(), state.version(), state.modified());
  }
}
