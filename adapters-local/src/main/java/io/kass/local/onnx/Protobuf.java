package io.kass.local.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of the protobuf wire format as it takes to leave fields out and to put others in. */
final class Protobuf {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  private Protobuf() {}

  /** A field of a message, left where it is. */
  static final class Field {
    private final byte[] bytes;
    private final int number;
    private final int start;
    private final int value;
    private final int end;

    private Field(byte[] bytes, int number, int start, int value, int end) {
      this.bytes = bytes;
      this.number = number;
      this.start = start;
      this.value = value;
      this.end = end;
    }

    int number() {
      return number;
    }

    String text() {
      return new String(bytes, value, end - value, StandardCharsets.UTF_8);
    }

    /** The fields of the message that is this field's value. */
    List<Field> fields() {
      return Protobuf.fields(bytes, value, end);
    }
  }

  /**
   * The fields of a message.
   *
   * @throws IllegalArgumentException when it is none
   */
  static List<Field> fields(byte[] bytes, int from, int to) {
    var fields = new ArrayList<Field>();
    var reader = new Reader(bytes, from);
    while (reader.at < to) {
      int start = reader.at;
      long tag = reader.varint();
      int value = reader.skip((int) (tag & 7));
      fields.add(new Field(bytes, (int) (tag >>> 3), start, value, reader.at));
    }
    if (reader.at != to) {
      throw new IllegalArgumentException("a message ends within a field");
    }
    return fields;
  }

  /** Writes a message, field by field. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Writer copy(Field field) {
      out.write(field.bytes, field.start, field.end - field.start);
      return this;
    }

    Writer text(int number, String value) {
      return bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    Writer bytes(int number, byte[] value) {
      varint((long) number << 3 | LENGTH);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Writer number(int number, long value) {
      varint((long) number << 3 | VARINT);
      varint(value);
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        byte b = bytes[at++];
        value |= (long) (b & 0x7f) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number is too long");
    }

    /** Goes to the end of a value; tells where it began. */
    int skip(int wireType) {
      int value = at;
      switch (wireType) {
        case VARINT -> varint();
        case FIXED_64 -> at += Long.BYTES;
        case FIXED_32 -> at += Integer.BYTES;
        case LENGTH -> {
          int length = Math.toIntExact(varint());
          value = at;
          at = Math.addExact(at, length);
        }
        default -> throw new IllegalArgumentException("unknown wire type " + wireType);
      }
      return value;
    }
  }
}
