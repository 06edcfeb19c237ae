package io.kass.devservices;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * DynamoDB, S3 and Secrets Manager on the loopback interface, as moto (Apache-2.0) has rebuilt
 * them: one server for all three, with any credentials. Runs on the Python 3 of this machine when
 * that has moto already, else moto is fetched by pip, once. Keeps all in memory. Ends with this
 * process, however that ends.
 */
public final class MotoServer implements AutoCloseable {
  private static final String VERSION = "5.2.1";

  private static final Duration ANSWERING = Duration.ofSeconds(30);

  private final int port;
  private final ServerProcess process;

  private MotoServer(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param data where it keeps its log; made when it is not there
   * @param port where it listens, or 0 for one that is free
   * @throws DevServiceException when it cannot be installed or started
   */
  public static MotoServer start(Installations installations, Path data, int port) {
    String python = python(installations);
    Path script = data.resolve("run.py");
    try {
      Files.createDirectories(data);
      try (InputStream in = MotoServer.class.getResourceAsStream("moto/run.py")) {
        if (in == null) {
          throw new IllegalStateException("not on the class path: moto/run.py");
        }
        Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new DevServiceException("The folder " + data + " cannot be made: " + e.getMessage(), e);
    }
    int chosen = port == 0 ? ServerProcess.freePort() : port;
    return new MotoServer(
        chosen,
        ServerProcess.start(
            "moto",
            List.of(python, script.toString(), Integer.toString(chosen)),
            data.resolve("server.log"),
            URI.create("http://127.0.0.1:" + chosen + "/moto-api/")));
  }

  /** A Python that has moto. */
  private static String python(Installations installations) {
    if (VERSION.equals(motoOf("python3"))) {
      return "python3";
    }
    Path installed = installations.get("moto-" + VERSION, MotoServer::install);
    return installed.resolve("bin").resolve("python3").toString();
  }

  /** The version of moto that this Python has, or nothing. */
  private static String motoOf(String python) {
    try {
      Process process =
          new ProcessBuilder(
                  python, "-c", "import importlib.metadata as m; print(m.version('moto'))")
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static void install(Path folder) throws IOException, InterruptedException {
    run(folder, "python3", "-m", "venv", "--copies", folder.toString());
    run(
        folder,
        folder.resolve("bin").resolve("python3").toString(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "moto[dynamodb,s3,secretsmanager,server]==" + VERSION);
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("install.log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new DevServiceException(
          "moto is a Python package, and Python cannot be run: install Python 3.10 or newer. "
              + e.getMessage(),
          e);
    }
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new DevServiceException("pip did not bring moto within 10 minutes.");
    }
    if (process.exitValue() != 0) {
      throw new DevServiceException(
          "pip could not bring moto. Install it by other means, so that 'python3' has moto "
              + VERSION
              + " (pip install 'moto[server]=="
              + VERSION
              + "').\n"
              + Files.readString(log));
    }
  }

  /** Where it listens, for all services. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Forgets all that it holds. */
  public void reset() {
    try (var client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint().resolve("/moto-api/reset"))
              .timeout(ANSWERING)
              .POST(BodyPublishers.noBody())
              .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new DevServiceException("moto answered with " + status + " when told to forget.");
      }
    } catch (IOException e) {
      throw new DevServiceException("moto cannot be reached: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServiceException("Interrupted while moto was told to forget.", e);
    }
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
