package io.kass.documents.guarded;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How the parts of frames are written. Blocks are those that files are read into. */
final class FrameData {
  /** The most that one part carries. */
  static final int MAX_BYTES = 4 << 20;

  private FrameData() {}

  static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[readCount(in)];
    in.readFully(bytes);
    return bytes;
  }

  static int readCount(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_BYTES) {
      throw new IOException("a frame too long: " + count);
    }
    return count;
  }

  static <E extends Enum<E>> E readName(DataInputStream in, Class<E> type) throws IOException {
    String name = readText(in);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a " + type.getSimpleName() + ": " + name, e);
    }
  }

  static void writeBlock(DataOutputStream out, Block block) throws IOException {
    switch (block) {
      case Block.Prose(String text, Place place) -> {
        out.writeByte('P');
        writeText(out, text);
        writePlace(out, place);
      }
      case Block.Heading(int level, String text, Place place) -> {
        out.writeByte('H');
        out.writeInt(level);
        writeText(out, text);
        writePlace(out, place);
      }
      case Block.TableRow(List<Block.TableRow.Cell> cells, Place place) -> {
        out.writeByte('R');
        out.writeInt(cells.size());
        for (Block.TableRow.Cell cell : cells) {
          writeText(out, cell.column());
          writeText(out, cell.value());
        }
        writePlace(out, place);
      }
      case Block.Code(String language, String text, Place place) -> {
        out.writeByte('C');
        writeText(out, language);
        writeText(out, text);
        writePlace(out, place);
      }
      case Block.ChatMessage message -> throw new IllegalArgumentException("not read here");
      case Block.Hunk hunk -> throw new IllegalArgumentException("not read here");
      case Block.Field field -> throw new IllegalArgumentException("not read here");
    }
  }

  static Block readBlock(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'P' -> new Block.Prose(readText(in), readPlace(in));
      case 'H' -> new Block.Heading(in.readInt(), readText(in), readPlace(in));
      case 'R' -> {
        int count = readCount(in);
        var cells = new ArrayList<Block.TableRow.Cell>();
        for (int i = 0; i < count; i++) {
          cells.add(new Block.TableRow.Cell(readText(in), readText(in)));
        }
        yield new Block.TableRow(cells, readPlace(in));
      }
      case 'C' -> new Block.Code(readText(in), readText(in), readPlace(in));
      default -> throw new IOException("not a block: " + kind);
    };
  }

  private static void writePlace(DataOutputStream out, Place place) throws IOException {
    switch (place.locator()) {
      case Locator.Pages(int first, int last) -> {
        out.writeByte('P');
        out.writeInt(first);
        out.writeInt(last);
      }
      case Locator.Rows(String sheet, int first, int last) -> {
        out.writeByte('R');
        writeText(out, sheet);
        out.writeInt(first);
        out.writeInt(last);
      }
      case Locator.Whole() -> out.writeByte('W');
      case Locator.Lines lines -> throw new IllegalArgumentException("not read here");
      case Locator.Messages messages -> throw new IllegalArgumentException("not read here");
      case Locator.Part part -> throw new IllegalArgumentException("not read here");
    }
    out.writeInt(place.headings().size());
    for (String heading : place.headings()) {
      writeText(out, heading);
    }
    out.writeLong(place.begin());
    out.writeLong(place.end());
  }

  private static Place readPlace(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    try {
      Locator locator =
          switch (kind) {
            case 'P' -> new Locator.Pages(in.readInt(), in.readInt());
            case 'R' -> new Locator.Rows(readText(in), in.readInt(), in.readInt());
            case 'W' -> new Locator.Whole();
            default -> throw new IOException("not a locator: " + kind);
          };
      int count = readCount(in);
      var headings = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        headings.add(readText(in));
      }
      return new Place(locator, headings, in.readLong(), in.readLong());
    } catch (IllegalArgumentException e) {
      throw new IOException("not a place", e);
    }
  }
}
