package io.kass.aws.sdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A service whose clock is ahead, and which refuses requests that are not signed by its time.
 * Speaks HTTP itself: the JDK's server dates its answers by its own clock.
 */
public final class SkewedServer implements AutoCloseable {
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final Duration ahead;
  private final ServerSocket socket;
  private final Thread thread;

  public SkewedServer(Duration ahead) {
    this.ahead = ahead;
    try {
      socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofVirtual().start(this::serve);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void serve() {
    while (true) {
      try (Socket connection = socket.accept()) {
        answer(connection);
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
    Instant signed = Instant.EPOCH;
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String value = line.substring(line.indexOf(':') + 1).strip();
      if (line.regionMatches(true, 0, "x-amz-date:", 0, 11)) {
        signed = LocalDateTime.parse(value, SIGNED).toInstant(ZoneOffset.UTC);
      } else if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(value);
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    Instant now = InstantSource.system().instant().plus(ahead);
    boolean inTime = Duration.between(signed, now).abs().compareTo(TOLERANCE) < 0;
    String body =
        inTime
            ? "{}"
            : "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\",\"message\":\"Signature"
                  + " expired: "
                + signed
                + " is now earlier than "
                + now
                + "\"}";
    String head =
        "HTTP/1.1 %s\r\nDate: %s\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(
                inTime ? "200 OK" : "400 Bad Request",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)),
                body.length());
    connection.getOutputStream().write((head + body).getBytes(ISO_8859_1));
    connection.getOutputStream().flush();
  }

  @Override
  public void close() throws Exception {
    socket.close();
    thread.join();
  }
}
