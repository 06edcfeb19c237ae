package io.kass.devservices;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A real Chroma 1.0 server on the loopback interface, from the npm package {@code
 * chromadb-js-bindings-linux-x64-gnu} (MIT), which carries the server's own code: newer ones want a
 * newer glibc. Needs Node.js and npm, and a download of 108 MB once. It speaks API v2; servers with
 * API v1 are not to be had as a package. Ends with this process, however that ends.
 */
public final class ChromaServer implements AutoCloseable {
  private static final String PACKAGE = "chromadb-js-bindings-linux-x64-gnu";
  private static final String VERSION = "1.0.1";

  private final int port;
  private final ServerProcess process;

  private ChromaServer(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param data where it keeps its collections; made when it is not there
   * @param port where it listens, or 0 for one that is free
   * @throws DevServiceException when it cannot be installed or started
   */
  public static ChromaServer start(Installations installations, Path data, int port) {
    requireLinux();
    Path installed = installations.get("chroma-" + VERSION, ChromaServer::install);
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new DevServiceException("The folder " + data + " cannot be made: " + e.getMessage(), e);
    }
    int chosen = port == 0 ? ServerProcess.freePort() : port;
    List<String> command =
        List.of(
            "node",
            installed.resolve("run.js").toString(),
            installed.resolve("node_modules").resolve(PACKAGE).toString(),
            data.toString(),
            Integer.toString(chosen));
    return new ChromaServer(
        chosen,
        ServerProcess.start(
            "Chroma",
            command,
            data.resolve("server.log"),
            URI.create("http://127.0.0.1:" + chosen + "/api/v2/heartbeat")));
  }

  private static void requireLinux() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)")) {
      throw new DevServiceException(
          "The Chroma server of this package runs on Linux x86-64, this is %s. Start a Chroma server by other means and set CHROMADB_HOST and CHROMADB_PORT."
              .formatted(system));
    }
  }

  private static void install(Path folder) throws IOException, InterruptedException {
    for (String file : List.of("package.json", "package-lock.json", "run.js")) {
      try (InputStream in = ChromaServer.class.getResourceAsStream("chroma/" + file)) {
        if (in == null) {
          throw new IllegalStateException("not on the class path: " + file);
        }
        Files.copy(in, folder.resolve(file));
      }
    }
    Path log = folder.resolve("npm.log");
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new DevServiceException(
          "The Chroma server comes as an npm package, and npm cannot be run: install Node.js 20 or"
              + " newer. "
              + e.getMessage(),
          e);
    }
    if (!npm.waitFor(10, TimeUnit.MINUTES)) {
      npm.destroyForcibly();
      throw new DevServiceException("npm did not bring the Chroma server within 10 minutes.");
    }
    if (npm.exitValue() != 0) {
      throw new DevServiceException(
          "npm could not bring the Chroma server:\n" + Files.readString(log));
    }
  }

  /** Where it listens. */
  public String host() {
    return "127.0.0.1";
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The id of its process. */
  public long pid() {
    return process.pid();
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
