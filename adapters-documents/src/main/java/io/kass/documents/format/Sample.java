package io.kass.documents.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;

/** A first look at a document: its name, its length and its first bytes. Immutable. */
public final class Sample {
  /** The most bytes of a document that are looked at before somebody reads it. */
  public static final int HEAD = 4096;

  private final String name;
  private final long size;
  private final byte[] head;
  private final String text;

  private Sample(String name, long size, byte[] head) {
    this.name = name;
    this.size = size;
    this.head = head;
    this.text = EncodingDetector.decode(head);
  }

  /** Looks at a document. Leaves the channel at any position. */
  public static Sample of(String name, SeekableByteChannel content) throws IOException {
    content.position(0);
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    while (head.hasRemaining()) {
      if (content.read(head) < 0) {
        break;
      }
    }
    byte[] bytes = new byte[head.position()];
    head.flip().get(bytes);
    return new Sample(name, content.size(), bytes);
  }

  /** Its length in bytes. */
  public long size() {
    return size;
  }

  /** The document's name, with its folders where they are known. */
  public String name() {
    return name;
  }

  /** The first bytes: a copy. */
  public byte[] head() {
    return head.clone();
  }

  /** The file's name without folders, in lowercase. */
  public String plainName() {
    int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    return name.substring(slash + 1).toLowerCase(Locale.ROOT);
  }

  /** What follows the last dot of the name, in lowercase; empty where there is no dot. */
  public String extension() {
    String plain = plainName();
    int dot = plain.lastIndexOf('.');
    return dot < 0 ? "" : plain.substring(dot + 1);
  }

  /**
   * Whether there are bytes among the first that no text has in any encoding that extends ASCII:
   * those below 07.
   */
  public boolean isBinary() {
    for (byte b : head) {
      if (b >= 0 && b < 0x07) {
        return true;
      }
    }
    return false;
  }

  /**
   * The first bytes as text, without a byte order mark; empty where they are none. The last
   * character may be broken, and the encoding is that of these bytes alone.
   */
  public String text() {
    return text;
  }

  /** Whether all of the document is in {@link #text()}. */
  public boolean isWhole() {
    return size <= head.length;
  }

  /** Whether these bytes stand at this offset; each char is one byte. */
  public boolean has(int offset, String bytes) {
    if (head.length < offset + bytes.length()) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      if ((head[offset + i] & 0xFF) != bytes.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The first offset of these bytes at or after {@code from}, or -1; each char is one byte. */
  public int find(String bytes, int from) {
    for (int i = from; i + bytes.length() <= head.length; i++) {
      if (has(i, bytes)) {
        return i;
      }
    }
    return -1;
  }
}
