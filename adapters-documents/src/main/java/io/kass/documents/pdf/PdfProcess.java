package io.kass.documents.pdf;

import io.kass.documents.format.Windows;
import io.kass.documents.pdf.PdfFrame.Done;
import io.kass.documents.pdf.PdfFrame.Outcome;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * The process that reads PDF, one after another. It ends when nobody asks for a while, and at once
 * when the process that started it is gone, even from the middle of a document.
 */
final class PdfProcess {
  /** A document was nested so deeply that the stack ran over: what PDFBox did is half done. */
  static final int EXIT_STACK = 4;

  /** Something went wrong that is no document's fault. */
  static final int EXIT_FAULT = 5;

  /** Room for nesting far deeper than anyone writes. */
  private static final long STACK_BYTES = 4L << 20;

  private static final long IDLE_SECONDS = 60;

  private final LinkedBlockingQueue<PdfFrame> inbox = new LinkedBlockingQueue<>();
  private final DataInputStream in;
  private final DataOutputStream out;

  private PdfProcess(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Speaks {@link PdfFrame} on the standard streams. */
  public static void main(String[] arguments) {
    var in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    var out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
    // What anybody else prints would be taken for a frame.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false));
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false));
    FontMappers.set(new BundledFont());
    new PdfProcess(in, out).run();
  }

  private void run() {
    var reader = new Thread(null, this::readDocuments, "pdf", STACK_BYTES);
    reader.setDaemon(true);
    reader.setUncaughtExceptionHandler((thread, e) -> Runtime.getRuntime().halt(EXIT_FAULT));
    reader.start();
    try {
      while (true) {
        inbox.add(PdfFrame.read(in));
      }
    } catch (IOException e) {
      // The end of the stream: the other process is done with this one, or gone.
      Runtime.getRuntime().halt(0);
    }
  }

  private void readDocuments() {
    try {
      send(new PdfFrame.Ready());
      while (inbox.poll(IDLE_SECONDS, TimeUnit.SECONDS) instanceof PdfFrame.Open open) {
        send(read(open));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StackOverflowError e) {
      send(new Done(Outcome.DAMAGED, "it is nested too deeply"));
      Runtime.getRuntime().halt(EXIT_STACK);
    }
    Runtime.getRuntime().halt(0);
  }

  private Done read(PdfFrame.Open open) {
    try (var bytes = new RemoteBytes(this::fetch, open.size())) {
      return PdfText.read(bytes, open.maxPages(), new Sender());
    }
  }

  private byte[] fetch(long offset, int length) throws IOException {
    send(new PdfFrame.Need(offset, length));
    try {
      if (inbox.take() instanceof PdfFrame.Bytes(ByteBuffer bytes) && bytes.remaining() == length) {
        byte[] piece = new byte[length];
        bytes.get(piece);
        return piece;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("the document became shorter while it was read");
  }

  private void send(PdfFrame.Report report) {
    try {
      report.write(out);
      out.flush();
    } catch (IOException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  private final class Sender implements PdfText.Sink {
    @Override
    public void title(String title) {
      send(new PdfFrame.Title(title));
    }

    @Override
    public void page(int page, String text) {
      char[] chars = text.toCharArray();
      int begin = 0;
      while (chars.length - begin > Windows.MAX) {
        int end = Windows.end(chars, begin, Windows.MAX);
        send(new PdfFrame.PageText(page, new String(chars, begin, end - begin)));
        begin = end;
      }
      send(new PdfFrame.PageText(page, new String(chars, begin, chars.length - begin)));
    }
  }
}
