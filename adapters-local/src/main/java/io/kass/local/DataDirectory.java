package io.kass.local;

import io.kass.local.disk.DiskErrors;
import io.kass.local.disk.Folders;
import io.kass.ports.Json;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a backend on this machine, whose layout has a version in {@code format.json}. A
 * newer layout is refused. An older one is upgraded in a sibling that then takes its place, so that
 * an upgrade that breaks off leaves the old one as it was; the old one is kept beside it.
 */
final class DataDirectory {
  private static final String FORMAT = "format.json";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** The step from version 1 to 2 comes first, and so on; there is none yet. */
  private static final List<Upgrade> UPGRADES = List.of();

  /** Changes a directory of one version into one of the next. */
  @FunctionalInterface
  interface Upgrade {
    void apply(Path directory) throws IOException;
  }

  private DataDirectory() {}

  /**
   * Makes sure that the directory has the layout of this version.
   *
   * @param readOnly whether nothing may be made; a directory that is not there is then empty
   * @throws Misconfigured when it is of a newer version, not a data directory, or not for this user
   * @throws Unavailable when it cannot be read or written
   */
  static void open(Path directory, boolean readOnly) {
    open(directory, readOnly, UPGRADES);
  }

  static void open(Path directory, boolean readOnly, List<Upgrade> upgrades) {
    int current = upgrades.size() + 1;
    try {
      Path upgraded = sibling(directory, ".upgrade");
      if (!Files.exists(directory) && Files.exists(upgraded)) {
        // An upgrade broke off between its last two steps: the new one is whole.
        Files.move(upgraded, directory, StandardCopyOption.ATOMIC_MOVE);
      }
      Integer version = version(directory);
      if (version == null) {
        requireOurs(directory);
        if (!readOnly) {
          make(directory);
          write(directory, current);
        }
      } else if (version > current) {
        throw new Misconfigured(
            "The data directory %s was written by a newer KASS (layout %d; this one knows %d). Use that KASS, or another --data-dir."
                .formatted(directory, version, current));
      } else if (version < current) {
        upgradeAlone(directory, upgrades);
      }
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  private static KassException failure(Path directory, IOException e) {
    if (DiskErrors.isFull(e)) {
      return new Unavailable(
          "The disk that holds the data directory %s is full. Free some space and try again, or use another --data-dir."
              .formatted(directory),
          e);
    }
    if (e instanceof AccessDeniedException) {
      return new Misconfigured(
          "The data directory %s may not be read or written by this user. Give them the right to, or use another --data-dir."
              .formatted(directory),
          e);
    }
    Path above = directory.toAbsolutePath().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above != null && !Files.isDirectory(above)) {
      return new Misconfigured(
          "The data directory %s cannot be made, since %s is a file. Use another --data-dir."
              .formatted(directory, above),
          e);
    }
    return new Unavailable(
        "The data directory %s cannot be used: %s.".formatted(directory, reason(e)), e);
  }

  /**
   * Makes the directory for its owner only: what was asked and read is nobody else's business. The
   * rights of one that is there are left alone, since it may be shared on purpose; doctor tells.
   */
  private static void make(Path directory) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    Path absolute = directory.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(absolute, OWNER_ONLY);
    } else {
      Files.createDirectories(absolute);
    }
  }

  /** The version of the layout, or null where none is written. */
  private static @Nullable Integer version(Path directory) throws IOException {
    String text;
    try {
      text = Files.readString(directory.resolve(FORMAT), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    } catch (FileSystemException e) {
      if (Files.isRegularFile(directory)) {
        return null;
      }
      throw e;
    }
    try {
      if (Json.parse(text) instanceof Json.Obj format
          && format.get("layout") instanceof Json.Int version
          && version.value() >= 1
          && version.value() <= Integer.MAX_VALUE) {
        return (int) version.value();
      }
    } catch (IllegalArgumentException e) {
      throw damaged(directory, e);
    }
    throw damaged(directory, null);
  }

  private static Misconfigured damaged(Path directory, @Nullable Throwable cause) {
    String message =
        ("%s in the data directory %s is damaged. Bring it back from a backup, or move the"
             + " directory away and ingest again: the conversations in it stay in what you moved.")
            .formatted(FORMAT, directory);
    return cause == null ? new Misconfigured(message) : new Misconfigured(message, cause);
  }

  /** A directory of something else is not filled with files of ours. */
  private static void requireOurs(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new Misconfigured(
          "The data directory %s is a file. Use another --data-dir.".formatted(directory));
    }
    try (var entries = Files.list(directory)) {
      boolean foreign = entries.anyMatch(entry -> !isOurs(entry.getFileName().toString()));
      if (foreign) {
        throw new Misconfigured(
            "%s holds files that are not of KASS. Use an empty or new directory as --data-dir."
                .formatted(directory));
      }
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith(".")
        || name.startsWith("kass.db")
        || name.startsWith("vectors.db")
        || List.of("index", "documents", "legacy", "scans", FORMAT).contains(name);
  }

  /** Lets one process at a time upgrade, and the others find it done. */
  private static void upgradeAlone(Path directory, List<Upgrade> upgrades) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                sibling(directory, ".upgrade-lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      Integer version = held.isValid() ? version(directory) : null;
      if (version != null && version <= upgrades.size()) {
        upgrade(directory, version, upgrades);
      }
    }
  }

  private static void upgrade(Path directory, int from, List<Upgrade> upgrades) throws IOException {
    Path sibling = sibling(directory, ".upgrade");
    Path kept = sibling(directory, ".layout-" + from);
    Folders.delete(sibling);
    copy(directory, sibling);
    for (Upgrade step : upgrades.subList(from - 1, upgrades.size())) {
      step.apply(sibling);
    }
    write(sibling, upgrades.size() + 1);
    Folders.delete(kept);
    Files.move(directory, kept, StandardCopyOption.ATOMIC_MOVE);
    Files.move(sibling, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path sibling(Path directory, String suffix) {
    Path absolute = directory.toAbsolutePath();
    return absolute.resolveSibling(absolute.getFileName() + suffix);
  }

  private static void write(Path directory, int version) throws IOException {
    Path whole = Files.createTempFile(directory, ".format", null);
    try {
      Files.writeString(whole, "{\"layout\":%d}\n".formatted(version), StandardCharsets.UTF_8);
      Files.move(whole, directory.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path copy = Files.createDirectories(to.resolve(from.relativize(folder)));
            if (copy.getFileSystem().supportedFileAttributeViews().contains("posix")) {
              Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(folder));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
