package io.kass.local.chroma;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kass.ports.Json;
import io.kass.ports.embedding.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of requests. They hold whole characters only: others have no UTF-8. */
final class RequestWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private RequestWriter() {}

  private interface Part {
    void write(JsonGenerator out) throws IOException;
  }

  /** Asks for the records of these ids, or that meet a condition, or both. */
  static byte[] get(
      @Nullable Collection<String> ids, @Nullable Json where, int limit, List<String> include) {
    return body(out -> {
      if (ids != null) {
        texts("ids", ids, out);
      }
      where(where, out);
      if (limit > 0) {
        out.writeNumberField("limit", limit);
      }
      texts("include", include, out);
    });
  }

  static byte[] query(Vector vector, int count, @Nullable Json where, List<String> include) {
    return body(out -> {
      out.writeArrayFieldStart("query_embeddings");
      vector(vector, out);
      out.writeEndArray();
      out.writeNumberField("n_results", count);
      where(where, out);
      texts("include", include, out);
    });
  }

  static byte[] delete(@Nullable Collection<String> ids, @Nullable Json where) {
    return body(out -> {
      if (ids != null) {
        texts("ids", ids, out);
      }
      where(where, out);
    });
  }

  static byte[] upsert(List<ChromaRow> rows) {
    return body(out -> {
      texts("ids", rows.stream().map(ChromaRow::id).toList(), out);
      out.writeArrayFieldStart("embeddings");
      for (ChromaRow row : rows) {
        vector(row.embedding(), out);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("documents");
      for (ChromaRow row : rows) {
        out.writeString(row.document());
      }
      out.writeEndArray();
      out.writeArrayFieldStart("metadatas");
      for (ChromaRow row : rows) {
        value(new Json.Obj(row.metadata()), out);
      }
      out.writeEndArray();
    });
  }

  static byte[] create(String name, Map<String, Json> metadata) {
    return body(out -> {
      out.writeStringField("name", name);
      out.writeBooleanField("get_or_create", true);
      out.writeFieldName("metadata");
      value(new Json.Obj(metadata), out);
    });
  }

  private static byte[] body(Part part) {
    var bytes = new ByteArrayOutputStream(1 << 12);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      part.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void texts(String name, Collection<String> texts, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static void where(@Nullable Json where, JsonGenerator out) throws IOException {
    if (where != null) {
      out.writeFieldName("where");
      value(where, out);
    }
  }

  private static void vector(Vector vector, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (int i = 0; i < vector.dimension(); i++) {
      // With all the digits of a double: the server reads numbers as doubles, not always to the
      // last bit, which then does not reach the float.
      out.writeNumber((double) vector.get(i));
    }
    out.writeEndArray();
  }

  private static void value(Json value, JsonGenerator out) throws IOException {
    switch (value) {
      case Json.Null() -> out.writeNull();
      case Json.Bool(boolean b) -> out.writeBoolean(b);
      case Json.Int(long n) -> out.writeNumber(n);
      case Json.Real(double d) -> out.writeNumber(d);
      case Json.Text(String s) -> out.writeString(s);
      case Json.Array(List<Json> items) -> {
        out.writeStartArray();
        for (Json item : items) {
          value(item, out);
        }
        out.writeEndArray();
      }
      case Json.Obj(Map<String, Json> members) -> {
        out.writeStartObject();
        for (Map.Entry<String, Json> member : members.entrySet()) {
          out.writeFieldName(member.getKey());
          value(member.getValue(), out);
        }
        out.writeEndObject();
      }
    }
  }
}
