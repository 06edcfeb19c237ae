package io.kass.local.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server of a chat protocol, down to the bytes: it answers requests as a test says, checks that
 * each is what the protocol asks for, and notices when its client hangs up.
 */
final class FakeChatServer implements AutoCloseable {
  /** Answers one request. */
  @FunctionalInterface
  interface Handler {
    void answer(Exchange exchange) throws IOException;
  }

  /**
   * A request as it came.
   *
   * @param head its first line
   * @param headers by lowercase name
   */
  record Request(String head, Map<String, String> headers, String body) {}

  private final Wire wire;
  private final ServerSocket listening;
  private final Handler handler;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  FakeChatServer(Wire wire, Handler handler) {
    this.wire = wire;
    try {
      this.handler = handler;
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + wire.path());
  }

  List<Request> requests() {
    return requests;
  }

  /** What was wrong with the requests. */
  List<String> violations() {
    return violations;
  }

  int connections() {
    return connections.get();
  }

  /** Whether the client closed its connection during an answer, waiting for that a while. */
  boolean sawHangUp() throws InterruptedException {
    return hungUp.await(20, TimeUnit.SECONDS);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      Request request = read(in);
      while (request != null) {
        requests.add(request);
        violations.addAll(wire.violations(request));
        handler.answer(new Exchange(request, in, socket.getOutputStream()));
        request = read(in);
      }
    } catch (IOException e) {
      // the client went away
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String head = line(in);
    if (head.isEmpty()) {
      return null;
    }
    var headers = new TreeMap<String, String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("not HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(head, headers, new String(in.readNBytes(length), UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request and the way back to its client. */
  final class Exchange {
    private final Request request;
    private final InputStream in;
    private final OutputStream out;

    private Exchange(Request request, InputStream in, OutputStream out) {
      this.request = request;
      this.in = in;
      this.out = out;
    }

    Request request() {
      return request;
    }

    /** A whole response. */
    void respond(int status, String contentType, String body, String... headers)
        throws IOException {
      byte[] bytes = body.getBytes(UTF_8);
      var head =
          new StringBuilder("HTTP/1.1 " + status + " Fake\r\nContent-Length: " + bytes.length)
              .append("\r\nContent-Type: " + contentType + "\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
      out.write(bytes);
      out.flush();
    }

    /** Begins a streamed response, in chunks. */
    void begin() throws IOException {
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(wire.contentType())
              .getBytes(ISO_8859_1));
      out.flush();
    }

    /** Sends bytes of a streamed response, so many at once. */
    void send(String text, int atOnce) throws IOException {
      byte[] bytes = text.getBytes(UTF_8);
      for (int from = 0; from < bytes.length; from += atOnce) {
        int length = Math.min(atOnce, bytes.length - from);
        out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
        out.write(bytes, from, length);
        out.write("\r\n".getBytes(ISO_8859_1));
        out.flush();
      }
    }

    void send(String text) throws IOException {
      send(text, Integer.MAX_VALUE);
    }

    /** Ends a streamed response. */
    void end() throws IOException {
      out.write("0\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
    }

    /** Sends a whole stream. */
    void stream(String text) throws IOException {
      begin();
      send(text);
      end();
    }

    /** Closes the connection without ending the response. */
    void breakOff() throws IOException {
      out.close();
    }

    /** Says nothing more until the client hangs up. */
    void hang() throws IOException {
      while (in.read() >= 0) {
        // it has nothing to say
      }
      hungUp.countDown();
    }
  }
}
