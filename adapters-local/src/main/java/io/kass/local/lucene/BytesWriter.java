package io.kass.local.lucene;

import io.kass.ports.Bytewise;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/** Grows an array of bytes. {@link BytesReader} reads what this writes. */
final class BytesWriter {
  static final byte UTF_8 = 0;
  static final byte UTF_16 = 1;

  private byte[] bytes;
  private int length;

  BytesWriter(int expectedLength) {
    bytes = new byte[expectedLength];
  }

  void writeByte(int value) {
    reserve(1)[length++] = (byte) value;
  }

  void writeInt(int value) {
    ByteBuffer.wrap(reserve(Integer.BYTES)).putInt(length, value);
    length += Integer.BYTES;
  }

  void writeLong(long value) {
    ByteBuffer.wrap(reserve(Long.BYTES)).putLong(length, value);
    length += Long.BYTES;
  }

  /** A number of things; few bytes for few things. */
  void writeCount(int count) {
    int rest = count;
    while ((rest & ~0x7f) != 0) {
      writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    writeByte(rest);
  }

  void writeBytes(byte[] values) {
    System.arraycopy(values, 0, reserve(values.length), length, values.length);
    length += values.length;
  }

  void writeFloats(float[] values) {
    ByteBuffer.wrap(reserve(values.length * Float.BYTES), length, values.length * Float.BYTES)
        .asFloatBuffer()
        .put(values);
    length += values.length * Float.BYTES;
  }

  /** A text, exactly: UTF-8, or UTF-16 for the rare one that UTF-8 cannot hold. */
  void writeText(String text) {
    if (!Bytewise.hasHalfCharacter(text)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      writeByte(UTF_8);
      writeCount(utf8.length);
      writeBytes(utf8);
    } else {
      writeByte(UTF_16);
      byte[] utf16 = new byte[text.length() * Character.BYTES];
      ByteBuffer.wrap(utf16).asCharBuffer().put(text);
      writeCount(utf16.length);
      writeBytes(utf16);
    }
  }

  /** All that was written. */
  BytesRef bytes() {
    return new BytesRef(Arrays.copyOf(bytes, length));
  }

  /** Ends with a checksum of all that was written. */
  BytesRef finish() {
    writeInt(checksum());
    return bytes();
  }

  /** The checksum of all that was written. */
  int checksum() {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  private byte[] reserve(int more) {
    bytes = ArrayUtil.grow(bytes, length + more);
    return bytes;
  }
}
