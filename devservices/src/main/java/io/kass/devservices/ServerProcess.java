package io.kass.devservices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that runs as a child process and answers over HTTP. */
final class ServerProcess implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** A port that is free now. */
  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new DevServiceException("No port is free: " + e.getMessage(), e);
    }
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param ready answers with 200 when it is ready
   * @param log where what it prints goes
   */
  static ServerProcess start(String name, List<String> command, Path log, URI ready) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new DevServiceException(name + " cannot be started: " + e.getMessage(), e);
    }
    var server = new ServerProcess(name, process, log);
    try {
      server.await(ready);
      return server;
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new DevServiceException("Interrupted while " + name + " was starting.", e);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void await(URI ready) throws InterruptedException {
    long end = System.nanoTime() + STARTING.toNanos();
    try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
      while (!answers(client, ready)) {
        if (process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new DevServiceException(
              name + " ended with " + process.exitValue() + " instead of starting:\n" + tail());
        }
        if (System.nanoTime() - end > 0) {
          throw new DevServiceException(
              name + " did not answer within " + STARTING.toSeconds() + " s:\n" + tail());
        }
      }
    }
  }

  private static boolean answers(HttpClient client, URI ready) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The end of what it printed. */
  private String tail() {
    try {
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - 2_000));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }

  /** The id of the process. */
  long pid() {
    return process.pid();
  }

  /** Ends it at once, as a crash would. */
  void kill() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it; what it was told to keep is on disk by the time it answered. */
  @Override
  public void close() {
    kill();
  }
}
