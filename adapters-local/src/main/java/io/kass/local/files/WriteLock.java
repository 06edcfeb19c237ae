package io.kass.local.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread of one process at a time write to a folder. */
final class WriteLock {
  /** A file lock is the process's own, so threads need one besides; of a folder, the same one. */
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path folder;

  WriteLock(Path folder) {
    this.folder = folder;
  }

  /** Work that touches files. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  <T> T holding(Work<T> work) throws IOException {
    Files.createDirectories(folder);
    ReentrantLock threads = LOCKS.computeIfAbsent(folder.toRealPath(), path -> new ReentrantLock());
    threads.lock();
    try (FileChannel file =
            FileChannel.open(
                folder.resolve(".kass-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock of the folder was lost");
      }
      return work.run();
    } finally {
      threads.unlock();
    }
  }
}
