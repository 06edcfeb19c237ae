package io.kass.local.lucene;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.util.BytesRef;

/**
 * Reads what {@link BytesWriter} wrote. Everything that does not fit is a {@link
 * CorruptIndexException}, whatever the bytes are.
 */
final class BytesReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  /** Checks the checksum at the end. The bytes must not change while they are read. */
  BytesReader(BytesRef record) throws CorruptIndexException {
    bytes = record.bytes;
    position = record.offset;
    end = record.offset + record.length - Integer.BYTES;
    if (end < position) {
      throw new CorruptIndexException("record of " + record.length + " bytes", "chunk");
    }
    var checksum = new CRC32C();
    checksum.update(bytes, position, end - position);
    if (ByteBuffer.wrap(bytes).getInt(end) != (int) checksum.getValue()) {
      throw new CorruptIndexException("wrong checksum", "chunk");
    }
  }

  byte readByte() throws CorruptIndexException {
    return bytes[advance(1)];
  }

  int readInt() throws CorruptIndexException {
    return ByteBuffer.wrap(bytes).getInt(advance(Integer.BYTES));
  }

  long readLong() throws CorruptIndexException {
    return ByteBuffer.wrap(bytes).getLong(advance(Long.BYTES));
  }

  /** A number of things; never more than there are bytes left. */
  int readCount() throws CorruptIndexException {
    long count = 0;
    int shift = 0;
    byte b;
    do {
      b = readByte();
      count |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0 && shift < 35);
    require(count);
    return (int) count;
  }

  byte[] readBytes(int length) throws CorruptIndexException {
    byte[] values = new byte[length];
    System.arraycopy(bytes, advance(length), values, 0, length);
    return values;
  }

  float[] readFloats(int length) throws CorruptIndexException {
    require((long) length * Float.BYTES);
    float[] values = new float[length];
    ByteBuffer.wrap(bytes, advance(length * Float.BYTES), length * Float.BYTES)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  String readText() throws CorruptIndexException {
    byte encoding = readByte();
    int length = readCount();
    int begin = advance(length);
    return switch (encoding) {
      case BytesWriter.UTF_8 -> new String(bytes, begin, length, StandardCharsets.UTF_8);
      case BytesWriter.UTF_16 -> ByteBuffer.wrap(bytes, begin, length).asCharBuffer().toString();
      default -> throw new CorruptIndexException("unknown encoding " + encoding, "chunk");
    };
  }

  /** Where the next {@code length} bytes begin; steps over them. */
  private int advance(int length) throws CorruptIndexException {
    require(length);
    int begin = position;
    position += length;
    return begin;
  }

  private void require(long length) throws CorruptIndexException {
    if (length > end - position) {
      throw new CorruptIndexException("record ends too early", "chunk");
    }
  }
}
