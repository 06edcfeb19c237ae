package io.kass.local.lucene;

import io.kass.ports.Audience;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Places;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import java.io.IOException;
import java.util.HexFormat;
import java.util.TreeSet;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as one record of bytes, which comes back equal, and what is needed to have its vector
 * back bit for bit: Lucene searches a vector of unit length, so that any other is kept here.
 *
 * @param chunk the chunk
 * @param original the vector where the one that is searched is not it
 * @param vectorChecksum of the vector that is searched; 0 where there is none
 */
record ChunkRecord(Chunk chunk, @Nullable Vector original, int vectorChecksum) {
  private static final byte VERSION = 1;
  private static final int NO_VECTOR = 0;
  private static final int UNIT_VECTOR = 1;
  private static final int OTHER_VECTOR = 2;

  /**
   * The bytes of a chunk.
   *
   * @param unit its vector as it is searched, null where it has none
   */
  static BytesRef encode(Chunk chunk, @Nullable Vector vector, float @Nullable [] unit) {
    var out = new BytesWriter(256 + 2 * chunk.passage().length());
    out.writeByte(VERSION);
    out.writeBytes(HexFormat.of().parseHex(chunk.key().hex()));
    out.writeText(chunk.document().value());
    String text = chunk.text();
    out.writeByte(text == null ? 0 : 1);
    if (text != null) {
      out.writeText(text);
    }
    out.writeText(chunk.language().code());
    boolean everyone = chunk.audience().equals(Audience.EVERYONE);
    out.writeCount(everyone ? 0 : chunk.audience().groups().size());
    if (!everyone) {
      chunk.audience().groups().forEach(out::writeText);
    }
    BinaryJson.writeMembers(Places.toJson(chunk.place()).members(), out);
    BinaryJson.writeMembers(chunk.metadata().values(), out);
    if (vector == null || unit == null) {
      out.writeByte(NO_VECTOR);
    } else if (UnitVectors.isUnit(vector)) {
      out.writeByte(UNIT_VECTOR);
      out.writeInt(checksum(unit));
    } else {
      out.writeByte(OTHER_VECTOR);
      out.writeCount(vector.dimension());
      out.writeFloats(vector.toArray());
    }
    return out.finish();
  }

  /** Reads what {@link #encode} wrote. */
  static ChunkRecord decode(BytesRef bytes) throws IOException {
    var in = new BytesReader(bytes);
    byte version = in.readByte();
    if (version != VERSION) {
      throw new CorruptIndexException("unknown version " + version, "chunk");
    }
    var key = new ChunkKey(HexFormat.of().formatHex(in.readBytes(32)));
    var document = new DocumentId(in.readText());
    String text = in.readByte() == 0 ? null : in.readText();
    var language = new Language(in.readText());
    Audience audience = readAudience(in);
    var place = Places.fromJson(new Json.Obj(BinaryJson.readMembers(in)));
    var metadata = Metadata.of(BinaryJson.readMembers(in));
    var chunk = new Chunk(key, document, text, place, language, audience, metadata);
    byte kind = in.readByte();
    return switch (kind) {
      case NO_VECTOR -> new ChunkRecord(chunk, null, 0);
      case UNIT_VECTOR -> new ChunkRecord(chunk, null, in.readInt());
      case OTHER_VECTOR -> new ChunkRecord(chunk, Vector.adopt(in.readFloats(in.readCount())), 0);
      default -> throw new CorruptIndexException("unknown kind of vector " + kind, "chunk");
    };
  }

  private static Audience readAudience(BytesReader in) throws IOException {
    int count = in.readCount();
    if (count == 0) {
      return Audience.EVERYONE;
    }
    var groups = new TreeSet<String>();
    for (int i = 0; i < count; i++) {
      groups.add(in.readText());
    }
    return new Audience(groups);
  }

  /** The vector, given the one that is searched. */
  @Nullable Vector vector(float @Nullable [] unit) throws CorruptIndexException {
    if (original != null || unit == null) {
      return original;
    }
    if (checksum(unit) != vectorChecksum) {
      throw new CorruptIndexException("a vector has changed", chunk.key().hex());
    }
    return Vector.of(unit);
  }

  private static int checksum(float[] values) {
    var out = new BytesWriter(values.length * Float.BYTES);
    out.writeFloats(values);
    return out.checksum();
  }
}
