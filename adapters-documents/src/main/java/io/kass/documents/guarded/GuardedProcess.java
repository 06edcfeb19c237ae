package io.kass.documents.guarded;

import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Unreadable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process that reads documents that could do harm, one after another. It ends when nobody asks
 * for a while, and at once when the process that started it is gone, even from the middle of a
 * document.
 */
final class GuardedProcess {
  /** A document was nested so deeply that the stack ran over: what its reader did is half done. */
  static final int EXIT_STACK = 4;

  /** Something went wrong that is no document's fault. */
  static final int EXIT_FAULT = 5;

  /** Room for nesting far deeper than anyone writes. */
  private static final long STACK_BYTES = 4L << 20;

  private static final long IDLE_SECONDS = 60;

  private final LinkedBlockingQueue<Frame> inbox = new LinkedBlockingQueue<>();
  private final Map<String, DocumentParser> parsers = new HashMap<>();
  private final DataInputStream in;
  private final DataOutputStream out;

  private GuardedProcess(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Speaks {@link Frame} on the standard streams. */
  public static void main(String[] arguments) {
    var in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    var out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
    // What anybody else prints would be taken for a frame.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false));
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false));
    new GuardedProcess(in, out).run();
  }

  private void run() {
    var reader = new Thread(null, this::readDocuments, "reader", STACK_BYTES);
    reader.setDaemon(true);
    reader.setUncaughtExceptionHandler((thread, e) -> Runtime.getRuntime().halt(EXIT_FAULT));
    reader.start();
    try {
      while (true) {
        inbox.add(Frame.read(in));
      }
    } catch (IOException e) {
      // The end of the stream: the other process is done with this one, or gone.
      Runtime.getRuntime().halt(0);
    }
  }

  private void readDocuments() {
    try {
      send(new Frame.Ready());
      while (inbox.poll(IDLE_SECONDS, TimeUnit.SECONDS) instanceof Frame.Open open) {
        send(new Frame.Done(read(open)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private Reading read(Frame.Open open) {
    DocumentParser parser = parsers.computeIfAbsent(open.parser(), GuardedProcess::parser);
    try {
      var sender = new BlockSender(this::send);
      Reading reading =
          parser.parse(new DocumentBytes(this::fetch, open.size()), open.bounds(), sender);
      sender.flush();
      return reading;
    } catch (IOException | RuntimeException e) {
      // Libraries tell what is wrong with a document by any kind of exception.
      return damaged(parser, "");
    } catch (StackOverflowError e) {
      send(new Frame.Done(damaged(parser, ": it is nested too deeply")));
      Runtime.getRuntime().halt(EXIT_STACK);
      throw e;
    }
  }

  private static Reading damaged(DocumentParser parser, String detail) {
    return new Unreadable(Cause.DAMAGED, Messages.damaged(parser, detail));
  }

  private static DocumentParser parser(String name) {
    try {
      var constructor = Class.forName(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (DocumentParser) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not a parser: " + name, e);
    }
  }

  private byte[] fetch(long offset, int length) throws IOException {
    send(new Frame.Need(offset, length));
    try {
      if (inbox.take() instanceof Frame.Bytes(ByteBuffer bytes) && bytes.remaining() == length) {
        byte[] piece = new byte[length];
        bytes.get(piece);
        return piece;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("the document became shorter while it was read");
  }

  private void send(Frame.Report report) {
    try {
      report.write(out);
      out.flush();
    } catch (IOException e) {
      Runtime.getRuntime().halt(0);
    }
  }
}
