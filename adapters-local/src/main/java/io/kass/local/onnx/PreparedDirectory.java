package io.kass.local.onnx;

import io.kass.local.disk.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A directory of files that are made once and then only read. It appears whole or not at all: it is
 * made beside its place under a lock that other processes respect, checked off in a list of sizes
 * and checksums, and renamed. Whoever finds it compares the list first, so that a file that was
 * damaged later is made again, not loaded.
 */
final class PreparedDirectory {
  private static final String LIST = "files.crc32";
  private static final String BEING_MADE = ".making";
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final int TRIES = 1_200;
  private static final int BUFFER = 1 << 18;

  /** Fills a directory with flat files. */
  @FunctionalInterface
  interface Maker {
    void make(Path directory) throws IOException;
  }

  private PreparedDirectory() {}

  /**
   * The directory of this name under {@code root}, made now when it is not there or not whole.
   *
   * @throws IOException when it has to be made and cannot be
   */
  static Path ensure(Path root, String name, Maker maker) throws IOException {
    Path place = root.resolve(name);
    if (isWhole(place)) {
      return place;
    }
    Files.createDirectories(root);
    Path lockFile = root.resolve("." + name + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock(channel, lockFile)) {
      if (!isWhole(place)) {
        make(root, place, maker);
      }
      return place;
    }
  }

  /** Waits for whoever else makes the directory, for a minute at most. */
  private static FileLock lock(FileChannel channel, Path lockFile) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      try {
        Thread.sleep(BETWEEN_TRIES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + lockFile, e);
      }
    }
    throw new IOException("another process has held " + lockFile + " for a minute");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another thread of this process
    }
  }

  private static void make(Path root, Path place, Maker maker) throws IOException {
    Path making = root.resolve(place.getFileName() + BEING_MADE);
    Folders.delete(
        making); // a killed process left it: while the lock is held, nobody else is making it
    Files.createDirectory(making);
    try {
      maker.make(making);
      writeList(making);
      syncFiles(making);
      Folders.delete(place);
      Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
      sync(root);
    } finally {
      Folders.delete(making);
    }
  }

  private static void syncFiles(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
    sync(directory);
  }

  /** Makes names in a directory last, where the system can. */
  private static void sync(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void writeList(Path directory) throws IOException {
    var lines = new TreeMap<String, String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        lines.put(name, hex(checksum(file)) + " " + Files.size(file) + " " + name);
      }
    }
    String list = String.join("\n", lines.values()) + "\n";
    Files.writeString(directory.resolve(LIST), list + hex(checksum(list)) + "\n");
  }

  /** Whether every file is there as it was made. */
  static boolean isWhole(Path directory) {
    try {
      Path list = directory.resolve(LIST);
      if (!Files.isRegularFile(list)) {
        return false;
      }
      String text = Files.readString(list);
      int last = text.lastIndexOf('\n', text.length() - 2) + 1;
      String listed = text.substring(0, last);
      if (!text.substring(last).equals(hex(checksum(listed)) + "\n")) {
        return false;
      }
      List<String> lines = listed.lines().toList();
      for (String line : lines) {
        if (!matches(directory, line.split(" ", 3))) {
          return false;
        }
      }
      return !lines.isEmpty();
    } catch (IOException e) {
      return false; // what cannot be read is made again
    }
  }

  private static boolean matches(Path directory, String[] line) throws IOException {
    Path file = directory.resolve(line[2]);
    return Files.isRegularFile(file)
        && Files.size(file) == Long.parseLong(line[1])
        && checksum(file) == Long.parseLong(line[0], 16);
  }

  /** CRC-32, which every JVM computes at several gigabytes a second from its first call on. */
  private static long checksum(Path file) throws IOException {
    var checksum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checksum.update(buffer, 0, n);
      }
    }
    return checksum.getValue();
  }

  private static String hex(long checksum) {
    return HexFormat.of().toHexDigits((int) checksum);
  }

  private static long checksum(String text) {
    var checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}
