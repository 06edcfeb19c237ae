package io.kass.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts a legacy deployment with a little data, says how to use it, and runs until it is
 * interrupted: what {@code scripts/legacy-up} runs.
 */
public final class LegacyUp {
  private static final String DATABASE = "chatbot";

  /** Of the kind that a team would have. */
  private static final String PASSWORD = "pa$$w0rd @/:#%";

  private LegacyUp() {}

  /**
   * Runs until the process is interrupted.
   *
   * @param arguments the port of Chroma and that of PostgreSQL; 0, or none, for free ones
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Integer> ports = List.of(arguments).stream().map(Integer::valueOf).toList();
    Path data = Files.createTempDirectory("kass-legacy");
    Installations installations = Installations.ofUser();
    System.err.println(
        "Starting Chroma and PostgreSQL (the first time, packages of 120 MB are brought)…");
    ChromaServer chroma = ChromaServer.start(installations, data.resolve("chroma"), at(ports, 0));
    PostgresServer postgres =
        PostgresServer.start(installations, data.resolve("postgres"), at(ports, 1));
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  chroma.close();
                  postgres.close();
                  Installations.delete(data);
                  System.err.println("\nStopped; nothing is left.");
                  stopped.countDown();
                },
                "stop"));
    postgres.createDatabase(DATABASE, DATABASE, PASSWORD);
    LegacySample.fill(postgres, DATABASE, DATABASE, PASSWORD);
    LegacySample.fill(chroma);
    System.out.println(howTo(chroma, postgres));
    System.out.flush();
    stopped.await();
  }

  private static int at(List<Integer> ports, int index) {
    return index < ports.size() ? ports.get(index) : 0;
  }

  private static String howTo(ChromaServer chroma, PostgresServer postgres) {
    return """
    # A legacy deployment: %d records in the collection %s, %d rows of conversations.
    # In another terminal:
    export CHROMADB_HOST=%s CHROMADB_PORT=%d CHROMADB_COLLECTION=%s
    export POSTGRES_HOST=%s POSTGRES_PORT=%d POSTGRES_DB=%s POSTGRES_USER=%s
    export POSTGRES_PASSWORD='%s'
    ./kass doctor --backend legacy
    ./kass ask --backend legacy "How long are backups kept?"
    ./kass documents list --backend legacy
    ./kass conversations list --backend legacy --user aiko
    # Ctrl-C here stops both, and deletes their data.\
    """
        .formatted(
            LegacySample.RECORDS,
            LegacySample.COLLECTION,
            LegacySample.ROWS,
            chroma.host(),
            chroma.port(),
            LegacySample.COLLECTION,
            postgres.host(),
            postgres.port(),
            DATABASE,
            DATABASE,
            PASSWORD);
  }
}
