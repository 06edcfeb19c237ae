package io.kass.documents.pdf;

import io.kass.documents.guarded.DocumentBytes;
import java.io.IOException;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/** The document as PDFBox reads it. Not thread-safe. */
final class PdfBytes implements RandomAccessRead {
  private final DocumentBytes bytes;

  PdfBytes(DocumentBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    return bytes.read();
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    return bytes.read(target, offset, wanted);
  }

  @Override
  public long getPosition() {
    return bytes.position();
  }

  @Override
  public void seek(long to) throws IOException {
    bytes.position(to);
  }

  @Override
  public long length() {
    return bytes.size();
  }

  @Override
  public boolean isEOF() {
    return bytes.position() >= bytes.size();
  }

  @Override
  public boolean isClosed() {
    return !bytes.isOpen();
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public RandomAccessReadView createView(long start, long size) {
    return new RandomAccessReadView(this, start, size);
  }
}
