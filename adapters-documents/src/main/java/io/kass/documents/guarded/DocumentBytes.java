package io.kass.documents.guarded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The document as its parser reads it: fetched in pieces as they are needed, of which the last used
 * are kept, so that memory does not grow with the document. Not thread-safe.
 */
public final class DocumentBytes implements SeekableByteChannel {
  /** How many bytes are fetched at once. */
  public static final int PIECE = 64 * 1024;

  private static final int KEPT = 128;

  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** The bytes at this offset: all that were asked for. */
    byte[] fetch(long offset, int length) throws IOException;
  }

  private final Source source;
  private final long length;
  private final Map<Long, byte[]> pieces = new LinkedHashMap<>(KEPT * 2, 0.75f, true);
  private byte[] current = new byte[0];
  private long currentNumber = -1;
  private long position;
  private boolean open = true;

  /**
   * A document.
   *
   * @param length in bytes
   */
  public DocumentBytes(Source source, long length) {
    this.source = source;
    this.length = length;
  }

  /** The next byte, or -1 at the end. */
  public int read() throws IOException {
    if (position >= length) {
      return -1;
    }
    int value = piece()[(int) (position % PIECE)] & 0xFF;
    position++;
    return value;
  }

  /** Reads some of the next bytes: how many, or -1 at the end. */
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
  public int read(ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      return 0;
    } else if (position >= length) {
      return -1;
    }
    byte[] piece = piece();
    int from = (int) (position % PIECE);
    int count = Math.min(bytes.remaining(), piece.length - from);
    bytes.put(piece, from, count);
    position += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  /** Beyond the end is the end. */
  @Override
  public DocumentBytes position(long to) throws IOException {
    if (to < 0) {
      throw new IOException("not a position: " + to);
    }
    position = Math.min(to, length);
    return this;
  }

  @Override
  public long size() {
    return length;
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public DocumentBytes truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Frees memory; there is nothing else to close. */
  @Override
  public void close() {
    open = false;
    pieces.clear();
  }
}
