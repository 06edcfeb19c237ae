package io.kass.local.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The driver, with its native library unpacked once instead of at every start, which costs a short
 * command a tenth of a second.
 */
final class SqliteDriver {
  /** Where the driver looks for its library first; read once by the driver, for the process. */
  private static final String LIBRARY_PATH = "org.sqlite.lib.path";

  /** Where the driver unpacks its library otherwise. */
  private static final String UNPACK_PATH = "org.sqlite.tmpdir";

  private SqliteDriver() {}

  /** Loads the driver. Harmless to call again. */
  static synchronized void load(Path nativeDirectory) {
    if (System.getProperty(LIBRARY_PATH) == null) {
      try {
        String folder = unpacked(nativeDirectory).toString();
        System.setProperty(LIBRARY_PATH, folder);
        System.setProperty(UNPACK_PATH, folder);
      } catch (IOException | UnsupportedOperationException e) {
        // A folder that cannot be written only costs time: the driver unpacks its library itself.
        return;
      }
    }
  }

  /** Loads all that a first connection needs and that takes long. */
  static void warmUp(Path nativeDirectory) {
    load(nativeDirectory);
    try {
      JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties()).close();
    } catch (SQLException e) {
      // Whoever opens a database will be told; nobody waits for this.
      return;
    }
  }

  /**
   * Opens a connection; {@code file} need not be there.
   *
   * @param frozen whether nobody writes to the file, so that nothing is needed to read it
   */
  static SQLiteConnection connect(Path file, Path nativeDirectory, boolean frozen)
      throws SQLException {
    load(nativeDirectory);
    // As a URI, because the driver takes a question mark in a plain path for its own parameters.
    String uri = file.toAbsolutePath().toUri() + (frozen ? "?immutable=1" : "");
    return JDBC.createConnection(JDBC.PREFIX + uri, new Properties());
  }

  private static Path unpacked(Path nativeDirectory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    Path folder =
        nativeDirectory.resolve(
            "sqlite-"
                + SQLiteJDBCLoader.getVersion()
                + "-"
                + System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(' ', '-')
                + "-"
                + System.getProperty("os.arch"));
    if (!Files.exists(folder.resolve(name))) {
      unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, folder, name);
    }
    return folder.toAbsolutePath();
  }

  /** Several processes may do so at once: each moves a whole file into place. */
  private static void unpack(String resource, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path whole = folder.resolve(name + "." + ProcessHandle.current().pid());
    try (InputStream in = JDBC.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the driver has no library for this machine: " + resource);
      }
      Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
