package io.kass.documents.pdf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/**
 * The document as PDFBox reads it: fetched in pieces as they are needed, of which the last used are
 * kept, so that memory does not grow with the document. Not thread-safe.
 */
final class RemoteBytes implements RandomAccessRead {
  static final int PIECE = 64 * 1024;
  private static final int KEPT = 128;

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {
    /** The bytes at this offset: all that were asked for. */
    byte[] fetch(long offset, int length) throws IOException;
  }

  private final Source source;
  private final long length;
  private final Map<Long, byte[]> pieces = new LinkedHashMap<>(KEPT * 2, 0.75f, true);
  private byte[] current = new byte[0];
  private long currentNumber = -1;
  private long position;
  private boolean closed;

  RemoteBytes(Source source, long length) {
    this.source = source;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    if (position >= length) {
      return -1;
    }
    int value = piece()[(int) (position % PIECE)] & 0xFF;
    position++;
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    } else if (position >= length) {
      return -1;
    }
    byte[] piece = piece();
    int from = (int) (position % PIECE);
    int count = Math.min(wanted, piece.length - from);
    System.arraycopy(piece, from, bytes, offset, count);
    position += count;
    return count;
  }

  /** The piece at the position, which is before the end. */
  private byte[] piece() throws IOException {
    long number = position / PIECE;
    if (number == currentNumber) {
      return current;
    }
    byte[] piece = pieces.get(number);
    if (piece == null) {
      long begin = number * PIECE;
      piece = source.fetch(begin, (int) Math.min(PIECE, length - begin));
      if (pieces.size() >= KEPT) {
        pieces.remove(pieces.keySet().iterator().next());
      }
      pieces.put(number, piece);
    }
    current = piece;
    currentNumber = number;
    return piece;
  }

  @Override
  public long getPosition() {
    return position;
  }

  /** Beyond the end is the end, as in PDFBox's own. */
  @Override
  public void seek(long to) throws IOException {
    if (to < 0) {
      throw new IOException("not a position: " + to);
    }
    position = Math.min(to, length);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean isEOF() {
    return position >= length;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    pieces.clear();
  }

  @Override
  public RandomAccessReadView createView(long start, long size) {
    return new RandomAccessReadView(this, start, size);
  }
}
