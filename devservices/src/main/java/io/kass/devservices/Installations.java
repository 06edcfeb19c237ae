package io.kass.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where servers are installed, once a machine. An installation is made beside its place and moved
 * there whole, by one process at a time; so what is there is complete. Thread-safe.
 *
 * @param directory holds one folder an installation
 */
public record Installations(Path directory) {
  /** Fills an empty folder. */
  @FunctionalInterface
  interface Installer {
    void install(Path folder) throws IOException, InterruptedException;
  }

  /** The usual place: the user's cache. */
  public static Installations ofUser() {
    return new Installations(
        Path.of(System.getProperty("user.home"), ".cache", "kass", "devservices"));
  }

  /** The folder of this name, installed first when it is not there. */
  Path get(String name, Installer installer) {
    Path place = directory.resolve(name);
    if (Files.isDirectory(place)) {
      return place;
    }
    // A lock of a file is of the process: the threads of this one wait for one another here.
    synchronized (Installations.class) {
      try {
        Files.createDirectories(directory);
        try (FileChannel lock =
            FileChannel.open(
                directory.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
          lock.lock();
          if (!Files.isDirectory(place)) {
            install(place, installer);
          }
        }
        return place;
      } catch (IOException e) {
        throw new DevServiceException(name + " cannot be installed in " + directory + ": " + e, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DevServiceException("Interrupted while " + name + " was installed.", e);
      }
    }
  }

  private static void install(Path place, Installer installer)
      throws IOException, InterruptedException {
    Path work = place.resolveSibling("." + place.getFileName() + ".part");
    delete(work);
    Files.createDirectories(work);
    try {
      installer.install(work);
      Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(work);
    }
  }

  /** Deletes a folder and all that is in it, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
