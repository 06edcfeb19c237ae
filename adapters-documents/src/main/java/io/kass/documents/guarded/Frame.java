package io.kass.documents.guarded;

import io.kass.ports.document.Block;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the two processes say to each other: a byte for the kind, then the components in order. */
sealed interface Frame {
  /** What the reading process is told. */
  sealed interface Order extends Frame {}

  /** What the reading process tells. */
  sealed interface Report extends Frame {}

  /** Read a document of this size; {@code parser} is the name of a class. */
  record Open(String parser, long size, DocumentParser.Bounds bounds) implements Order {}

  /** The bytes that were asked for; fewer where the document has ended. */
  record Bytes(ByteBuffer bytes) implements Order {}

  /** The process has started; once. */
  record Ready() implements Report {}

  /** These bytes of the document are needed. */
  record Need(long offset, int length) implements Report {}

  /** Blocks follow; at most once a document. */
  record Begin(SourceType type, String mediaType) implements Report {}

  /** The next blocks. */
  record Blocks(List<Block> blocks) implements Report {
    public Blocks {
      blocks = List.copyOf(blocks);
    }
  }

  /** How it went; last. */
  record Done(Reading reading) implements Report {}

  /** Writes this frame, without flushing. */
  default void write(DataOutputStream out) throws IOException {
    switch (this) {
      case Open(String parser, long size, DocumentParser.Bounds bounds) -> {
        out.writeByte('O');
        FrameData.writeText(out, parser);
        out.writeLong(size);
        out.writeInt(bounds.maxPages());
        out.writeLong(bounds.maxUnpacked());
      }
      case Bytes(ByteBuffer bytes) -> {
        out.writeByte('B');
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        FrameData.writeBytes(out, copy);
      }
      case Ready() -> out.writeByte('R');
      case Need(long offset, int length) -> {
        out.writeByte('N');
        out.writeLong(offset);
        out.writeInt(length);
      }
      case Begin(SourceType type, String mediaType) -> {
        out.writeByte('S');
        FrameData.writeText(out, type.name());
        FrameData.writeText(out, mediaType);
      }
      case Blocks(List<Block> blocks) -> {
        out.writeByte('P');
        out.writeInt(blocks.size());
        for (Block block : blocks) {
          FrameData.writeBlock(out, block);
        }
      }
      case Done(Complete(SourceType type, String mediaType)) -> {
        out.writeByte('D');
        FrameData.writeText(out, type.name());
        FrameData.writeText(out, mediaType);
      }
      case Done(Unreadable(Cause cause, String message)) -> {
        out.writeByte('U');
        FrameData.writeText(out, cause.name());
        FrameData.writeText(out, message);
      }
    }
  }

  /**
   * Reads the next frame.
   *
   * @throws IOException when there is none, or it is not one
   */
  static Frame read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'O' ->
          new Open(
              FrameData.readText(in),
              in.readLong(),
              new DocumentParser.Bounds(in.readInt(), in.readLong()));
      case 'B' -> new Bytes(ByteBuffer.wrap(FrameData.readBytes(in)));
      case 'R' -> new Ready();
      case 'N' -> new Need(in.readLong(), in.readInt());
      case 'S' -> new Begin(FrameData.readName(in, SourceType.class), FrameData.readText(in));
      case 'P' -> {
        int count = FrameData.readCount(in);
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < count; i++) {
          blocks.add(FrameData.readBlock(in));
        }
        yield new Blocks(blocks);
      }
      case 'D' ->
          new Done(new Complete(FrameData.readName(in, SourceType.class), FrameData.readText(in)));
      case 'U' ->
          new Done(new Unreadable(FrameData.readName(in, Cause.class), FrameData.readText(in)));
      default -> throw new IOException("not a frame: " + kind);
    };
  }
}
