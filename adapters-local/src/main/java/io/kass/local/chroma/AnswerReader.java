package io.kass.local.chroma;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.embedding.Vector;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns that {@code get} and {@code query} answer with: {@code ids}, {@code documents},
 * {@code metadatas}, {@code embeddings}, {@code distances}, each null or as long as the ids. Those
 * of a query are lists of one such list for each vector that was asked with; we ask with one.
 */
final class AnswerReader {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private List<String> ids = List.of();
  private List<@Nullable String> documents = List.of();
  private List<Metadata> metadatas = List.of();
  private List<@Nullable Vector> embeddings = List.of();
  private List<Double> distances = List.of();
  private boolean hasDocuments;
  private boolean hasMetadatas;
  private boolean hasEmbeddings;
  private boolean hasDistances;
  private int expected;

  private AnswerReader() {}

  /**
   * The records of an answer, in its order.
   *
   * @param nested whether it answers a query
   * @throws IOException when it is not what was expected; the message says how
   */
  static List<ChromaRecord> records(byte[] body, boolean nested) throws IOException {
    var reader = new AnswerReader();
    try (JsonParser parser = JSON.createParser(body)) {
      reader.read(parser, nested);
    }
    return reader.rows();
  }

  private void read(JsonParser parser, boolean nested) throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT, "no object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String column = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value != JsonToken.START_ARRAY || !isColumn(column)) {
        parser.skipChildren();
        continue;
      }
      if (!nested) {
        column(column, parser);
        continue;
      }
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        column(column, parser);
        require(parser.nextToken() == JsonToken.END_ARRAY, "more lists than were asked for");
      }
    }
  }

  private static boolean isColumn(String name) {
    return switch (name) {
      case "ids", "documents", "metadatas", "embeddings", "distances" -> true;
      default -> false;
    };
  }

  private void column(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "ids" -> ids = items(parser, AnswerReader::requiredText);
      case "documents" -> {
        documents = items(parser, AnswerReader::text);
        hasDocuments = true;
      }
      case "metadatas" -> {
        metadatas = items(parser, AnswerReader::metadata);
        hasMetadatas = true;
      }
      case "embeddings" -> {
        embeddings = items(parser, this::vector);
        hasEmbeddings = true;
      }
      default -> {
        distances = items(parser, AnswerReader::number);
        hasDistances = true;
      }
    }
  }

  private List<ChromaRecord> rows() throws IOException {
    int count = ids.size();
    requireLength(hasDocuments, documents.size(), count, "documents");
    requireLength(hasMetadatas, metadatas.size(), count, "metadatas");
    requireLength(hasEmbeddings, embeddings.size(), count, "embeddings");
    requireLength(hasDistances, distances.size(), count, "distances");
    var rows = new ArrayList<ChromaRecord>(count);
    for (int i = 0; i < count; i++) {
      rows.add(
          new ChromaRecord(
              ids.get(i),
              hasDocuments ? documents.get(i) : null,
              hasMetadatas ? metadatas.get(i) : Metadata.EMPTY,
              hasEmbeddings ? embeddings.get(i) : null,
              hasDistances ? distances.get(i) : Double.NaN));
    }
    return rows;
  }

  private static void requireLength(boolean there, int length, int count, String column)
      throws IOException {
    require(!there || length == count, count + " ids with " + length + " " + column);
  }

  private interface Item<T extends @Nullable Object> {
    T read(JsonParser parser) throws IOException;
  }

  /** The items of the array that has just begun. */
  private static <T extends @Nullable Object> List<T> items(JsonParser parser, Item<T> item)
      throws IOException {
    var items = new ArrayList<T>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(item.read(parser));
    }
    return items;
  }

  private static String requiredText(JsonParser parser) throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_STRING, "an id that is no text");
    return parser.getText();
  }

  private static @Nullable String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(parser.currentToken() == JsonToken.VALUE_STRING, "a document that is no text");
    return parser.getText();
  }

  private static double number(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? Double.NaN : parser.getDoubleValue();
  }

  private static Metadata metadata(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Metadata.EMPTY;
    }
    require(parser.currentToken() == JsonToken.START_OBJECT, "metadata that is no object");
    var values = new TreeMap<String, Json>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      values.put(name, value(parser));
    }
    return new Metadata(values);
  }

  private static Json value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> Json.of(parser.getText());
      case VALUE_TRUE -> Json.of(true);
      case VALUE_FALSE -> Json.of(false);
      case VALUE_NUMBER_INT -> whole(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> real(parser.getDoubleValue());
      case START_ARRAY -> new Json.Array(items(parser, AnswerReader::value));
      case START_OBJECT -> {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield new Json.Obj(members);
      }
      case null, default -> new Json.Null();
    };
  }

  private static Json whole(BigInteger value) throws IOException {
    return value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0
        ? Json.of(value.longValueExact())
        : real(value.doubleValue());
  }

  private static Json real(double value) throws IOException {
    require(Double.isFinite(value), "a number beyond a double's range");
    return Json.of(value);
  }

  /** Null where the record has none, or one without a direction. */
  private @Nullable Vector vector(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(parser.currentToken() == JsonToken.START_ARRAY, "an embedding that is no list");
    float[] values = new float[Math.max(expected, 16)];
    int length = 0;
    boolean sound = true;
    boolean zero = true;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (length == values.length) {
        values = Arrays.copyOf(values, 2 * length);
      }
      // The shortest text of a float reads back as that float only when it is read as one.
      float value = t == JsonToken.VALUE_NULL ? Float.NaN : parser.getFloatValue();
      sound &= Float.isFinite(value);
      zero &= value == 0;
      values[length++] = value;
    }
    expected = length;
    if (!sound || zero) {
      return null;
    }
    return Vector.adopt(length == values.length ? values : Arrays.copyOf(values, length));
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
