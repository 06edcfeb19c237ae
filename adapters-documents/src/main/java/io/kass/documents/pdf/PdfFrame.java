package io.kass.documents.pdf;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the two processes say to each other: a byte for the kind, then the components in order. */
sealed interface PdfFrame {
  /** The most that one frame carries. */
  int MAX_BYTES = 4 << 20;

  /** What the reading process is told. */
  sealed interface Order extends PdfFrame {}

  /** What the reading process tells. */
  sealed interface Report extends PdfFrame {}

  /** Read a document of this size. */
  record Open(long size, int maxPages) implements Order {}

  /** The bytes that were asked for; fewer where the document has ended. */
  record Bytes(ByteBuffer bytes) implements Order {}

  /** The process has started; once. */
  record Ready() implements Report {}

  /** These bytes of the document are needed. */
  record Need(long offset, int length) implements Report {}

  /** The document's title; at most once, before the first page. */
  record Title(String text) implements Report {}

  /**
   * Text of a page, counted from 1. A long page comes in several frames, one without text in one
   * empty frame.
   */
  record PageText(int page, String text) implements Report {}

  /**
   * How it went; last.
   *
   * @param detail for the message, where there is more to say
   */
  record Done(Outcome outcome, String detail) implements Report {}

  /** How the reading of a document went. */
  enum Outcome {
    COMPLETE,
    EMPTY,
    NO_TEXT,
    ENCRYPTED,
    DAMAGED,
    TOO_MANY_PAGES
  }

  /** Writes this frame, without flushing. */
  default void write(DataOutputStream out) throws IOException {
    switch (this) {
      case Open(long size, int maxPages) -> {
        out.writeByte('O');
        out.writeLong(size);
        out.writeInt(maxPages);
      }
      case Bytes(ByteBuffer bytes) -> {
        out.writeByte('B');
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        writeBytes(out, copy);
      }
      case Ready() -> out.writeByte('R');
      case Need(long offset, int length) -> {
        out.writeByte('N');
        out.writeLong(offset);
        out.writeInt(length);
      }
      case Title(String text) -> {
        out.writeByte('T');
        writeText(out, text);
      }
      case PageText(int page, String text) -> {
        out.writeByte('P');
        out.writeInt(page);
        writeText(out, text);
      }
      case Done(Outcome outcome, String detail) -> {
        out.writeByte('D');
        out.writeUTF(outcome.name());
        writeText(out, detail);
      }
    }
  }

  /**
   * Reads the next frame.
   *
   * @throws IOException when there is none, or it is not one
   */
  static PdfFrame read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'O' -> new Open(in.readLong(), in.readInt());
      case 'B' -> new Bytes(ByteBuffer.wrap(readBytes(in)));
      case 'R' -> new Ready();
      case 'N' -> new Need(in.readLong(), in.readInt());
      case 'T' -> new Title(readText(in));
      case 'P' -> new PageText(in.readInt(), readText(in));
      case 'D' -> new Done(outcome(in.readUTF()), readText(in));
      default -> throw new IOException("not a frame: " + kind);
    };
  }

  private static Outcome outcome(String name) throws IOException {
    try {
      return Outcome.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("not an outcome: " + name, e);
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame too long: " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
