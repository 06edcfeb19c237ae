package io.kass.local.chroma;

import io.kass.ports.Audience;
import io.kass.ports.Bytewise;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.StoredChunk;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chunks as records of KASS's own, and back, exactly. The text is the record's document, and what
 * the server keeps exactly of the metadata (texts, whole numbers, truth values) is its metadata, so
 * that the legacy application can use both. Real numbers are there too, for its filters; but the
 * server changes some in their last bit, so that they are read from elsewhere: what it does not
 * keep, or not exactly, is together in one text under {@link #REST}.
 */
final class OwnRecords {
  /** What begins the names that KASS adds; metadata of such names goes to {@link #REST}. */
  static final String PREFIX = "kass.";

  /** Says that KASS wrote the record, and how: 1. */
  static final String FORMAT = "kass.format";

  /** The chunk's key: the record's id may say more. */
  static final String KEY = "kass.key";

  static final String DOCUMENT = "kass.document";

  /** Which write of the document it belongs to; see {@link Generations}. */
  static final String GENERATION = "kass.generation";

  /** Is 1 where the chunk has no vector; the record has a placeholder. */
  static final String EMPTY = "kass.empty";

  /** Is 1 where metadata is in {@link #REST} only. */
  static final String NESTED = "kass.nested";

  /** Followed by a group that may see it; the value is 1. */
  static final String GROUP = "kass.group.";

  static final String REST = "kass.rest";

  /**
   * The vector's bits (base64 of big-endian floats). Only in the cosine space, whose server keeps
   * vectors scaled to unit length and forgets what they were.
   */
  static final String VECTOR = "kass.vector";

  private static final Json ONE = Json.of(1);

  private final Space space;
  private final int dimension;

  OwnRecords(Space space, int dimension) {
    this.space = space;
    this.dimension = dimension;
  }

  /**
   * A chunk as it is seen.
   *
   * @param stored the chunk
   * @param generation which write of its document it belongs to
   */
  record Own(StoredChunk stored, String generation) {}

  /** Whether KASS wrote the record. */
  static boolean isOwn(ChromaRecord record) {
    return record.metadata().get(FORMAT) != null;
  }

  /** The id of the record of a chunk in a generation of its document. */
  static String id(ChunkKey key, String generation) {
    return generation.equals(Generations.NONE) ? key.hex() : key.hex() + "-" + generation;
  }

  ChromaRow write(StoredChunk stored, String generation) {
    Chunk chunk = stored.chunk();
    String text = chunk.text();
    boolean asDocument = text != null && !Bytewise.hasHalfCharacter(text);
    var metadata = new TreeMap<String, Json>();
    var rest = new TreeMap<String, Json>();
    for (Map.Entry<String, Json> entry : chunk.metadata().values().entrySet()) {
      if (!isNative(entry.getKey(), entry.getValue())) {
        rest.put(entry.getKey(), entry.getValue());
        metadata.put(NESTED, ONE);
        continue;
      }
      metadata.put(entry.getKey(), entry.getValue());
      if (entry.getValue() instanceof Json.Real) {
        rest.put(entry.getKey(), entry.getValue());
      }
    }
    var whole = new LinkedHashMap<String, Json>();
    whole.put("place", PlaceJson.write(chunk.place()));
    whole.put("language", Json.of(chunk.language().code()));
    whole.put("audience", Json.ofTexts(chunk.audience().groups()));
    whole.put("metadata", new Json.Obj(rest));
    if (!asDocument) {
      whole.put("text", text == null ? new Json.Null() : Json.of(text));
    }
    metadata.put(REST, Json.of(new Json.Obj(whole).canonical()));
    metadata.put(FORMAT, ONE);
    metadata.put(KEY, Json.of(chunk.key().hex()));
    metadata.put(DOCUMENT, Json.of(chunk.document().value()));
    metadata.put(GENERATION, Json.of(generation));
    chunk.audience().groups().stream()
        .filter(group -> !Bytewise.hasHalfCharacter(group))
        .forEach(group -> metadata.put(GROUP + group, ONE));
    Vector vector = stored.vector();
    if (vector == null) {
      metadata.put(EMPTY, ONE);
    } else if (space == Space.COSINE) {
      metadata.put(VECTOR, Json.of(bits(vector)));
    }
    return new ChromaRow(
        id(chunk.key(), generation),
        asDocument ? text : null,
        metadata,
        vector == null ? placeholder() : vector);
  }

  /** Whether a filter of the server finds this value under this name. */
  private static boolean isNative(String name, Json value) {
    if (!isNativeName(name)) {
      return false;
    }
    return switch (value) {
      case Json.Text(String text) -> !Bytewise.hasHalfCharacter(text);
      case Json.Bool b -> true;
      case Json.Int n -> true;
      case Json.Real n -> true;
      case Json.Null none -> false;
      case Json.Array items -> false;
      case Json.Obj members -> false;
    };
  }

  /** The server drops names that begin with {@code chroma:}, and {@code #} is its own later. */
  static boolean isNativeName(String name) {
    return !name.isEmpty()
        && !name.startsWith(PREFIX)
        && !name.startsWith("chroma:")
        && !name.startsWith("#")
        && !name.startsWith("$")
        && !Bytewise.hasHalfCharacter(name);
  }

  private Vector placeholder() {
    float[] values = new float[dimension];
    values[0] = 1;
    return Vector.adopt(values);
  }

  /**
   * The chunk of a record that KASS wrote, with the vector if the record has it; null when someone
   * changed it so that it cannot be read: who may see it is not known then.
   */
  static @Nullable Own read(ChromaRecord record, boolean vector) {
    try {
      Map<String, Json> values = record.metadata().values();
      Json.Obj own = new Json.Obj(values);
      Json.Obj rest = OwnMembers.parse(OwnMembers.text(own, REST));
      var metadata = new TreeMap<String, Json>();
      values.forEach((name, value) -> {
        if (!name.startsWith(PREFIX)) {
          metadata.put(name, value);
        }
      });
      metadata.putAll(OwnMembers.object(rest, "metadata").members());
      Json text = rest.get("text");
      var chunk =
          new Chunk(
              new ChunkKey(OwnMembers.text(own, KEY)),
              new DocumentId(OwnMembers.text(own, DOCUMENT)),
              text == null ? record.document() : text instanceof Json.Text(String t) ? t : null,
              PlaceJson.read(OwnMembers.object(rest, "place")),
              new Language(OwnMembers.text(rest, "language")),
              Audience.of(OwnMembers.texts(rest, "audience")),
              new Metadata(metadata));
      Vector bits = vector && values.get(EMPTY) == null ? vector(record) : null;
      return new Own(new StoredChunk(chunk, bits, List.of()), OwnMembers.text(own, GENERATION));
    } catch (IllegalArgumentException | KassException e) {
      return null;
    }
  }

  private static @Nullable Vector vector(ChromaRecord record) {
    return record.metadata().get(VECTOR) instanceof Json.Text(String text)
        ? vector(text)
        : record.embedding();
  }

  private static String bits(Vector vector) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.dimension());
    for (int i = 0; i < vector.dimension(); i++) {
      bytes.putFloat(vector.get(i));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static Vector vector(String bits) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(bits));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getFloat();
    }
    return Vector.adopt(values);
  }
}
