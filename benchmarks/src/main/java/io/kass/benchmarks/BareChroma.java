package io.kass.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.kass.devservices.ChromaServer;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.embedding.Vector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A collection of a Chroma server over bare HTTP: the least that has to be done. */
final class BareChroma implements AutoCloseable {
  private static final String ROOT =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  /** As it comes. */
  record Row(String id, @Nullable String text, Metadata metadata, @Nullable Vector vector) {}

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String address;
  private final String collection;

  private BareChroma(String address, String collection) {
    this.address = address;
    this.collection = collection;
  }

  /** Makes a collection as the legacy application does. */
  static BareChroma create(ChromaServer server, String name) throws IOException {
    var root = new BareChroma("http://%s:%d".formatted(server.host(), server.port()) + ROOT, "");
    byte[] made = root.post("", "{\"name\":\"" + name + "\"}");
    root.close();
    String id =
        Json.parse(new String(made, StandardCharsets.UTF_8)) instanceof Json.Obj object
                && object.get("id") instanceof Json.Text(String text)
            ? text
            : "";
    return new BareChroma(root.address, "/" + id);
  }

  /** Adds records of random unit vectors, in batches. */
  void fill(int count, int dimension, int batch) throws IOException {
    var random = new Random(42);
    for (int from = 0; from < count; from += batch) {
      var ids = new StringBuilder();
      var vectors = new StringBuilder();
      var texts = new StringBuilder();
      var metadatas = new StringBuilder();
      for (int i = from; i < Math.min(count, from + batch); i++) {
        String comma = i == from ? "" : ",";
        ids.append(comma).append("\"doc_").append(i).append('"');
        vectors.append(comma).append(array(vector(random, dimension)));
        texts.append(comma).append('"').append(text(i)).append('"');
        metadatas
            .append(comma)
            .append("{\"source\":\"markdown\",\"number\":")
            .append(i)
            .append('}');
      }
      post(
          "/add",
          "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s],\"metadatas\":[%s]}"
              .formatted(ids, vectors, texts, metadatas));
    }
  }

  /** Some 500 characters that no other record has. */
  private static String text(int number) {
    return ("Paragraph " + number + " of the handbook says how long things are kept. ").repeat(8);
  }

  static float[] vector(Random random, int dimension) {
    float[] values = new float[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) random.nextGaussian();
      squares += values[i] * values[i];
    }
    for (int i = 0; i < dimension; i++) {
      values[i] /= (float) Math.sqrt(squares);
    }
    return values;
  }

  private static String array(float[] values) {
    var text = new StringBuilder("[");
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ",").append((double) values[i]);
    }
    return text.append(']').toString();
  }

  /** All records: the ids first, then all of each by its id. */
  void scan(int batch, Consumer<Row> rows) throws IOException {
    var ids = new ArrayList<String>();
    read(post("/get", "{\"include\":[]}"), row -> ids.add(row.id()));
    for (int i = 0; i < ids.size(); i += batch) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + batch));
      byte[] answer =
          post(
              "/get",
              "{\"ids\":%s,\"include\":[\"documents\",\"metadatas\",\"embeddings\"]}"
                  .formatted(Json.ofTexts(some).canonical()));
      read(answer, rows);
    }
  }

  /** What our own search asks; the bytes of the answer. */
  byte[] search(float[] vector, int limit) throws IOException {
    return post(
        "/query",
        "{\"query_embeddings\":[%s],\"n_results\":%d,\"include\":[\"documents\",\"metadatas\",\"distances\",\"embeddings\"]}"
            .formatted(array(vector), limit));
  }

  private static void read(byte[] answer, Consumer<Row> rows) throws IOException {
    var ids = new ArrayList<String>();
    var texts = new ArrayList<@Nullable String>();
    var metadatas = new ArrayList<Metadata>();
    var vectors = new ArrayList<Vector>();
    try (JsonParser parser = JSON.createParser(answer)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String column = parser.currentName();
        if (parser.nextToken() != JsonToken.START_ARRAY) {
          continue;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          switch (column) {
            case "ids" -> ids.add(parser.getText());
            case "documents" ->
                texts.add(parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText());
            case "metadatas" -> metadatas.add(metadata(parser));
            case "embeddings" -> vectors.add(vector(parser));
            default -> parser.skipChildren();
          }
        }
      }
    }
    for (int i = 0; i < ids.size(); i++) {
      rows.accept(
          new Row(
              ids.get(i),
              texts.isEmpty() ? null : texts.get(i),
              metadatas.isEmpty() ? Metadata.EMPTY : metadatas.get(i),
              vectors.isEmpty() ? null : vectors.get(i)));
    }
  }

  private static Metadata metadata(JsonParser parser) throws IOException {
    var values = new TreeMap<String, Json>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      values.put(
          name,
          parser.nextToken() == JsonToken.VALUE_STRING
              ? Json.of(parser.getText())
              : Json.of(parser.getLongValue()));
    }
    return Metadata.of(values);
  }

  private static Vector vector(JsonParser parser) throws IOException {
    float[] values = new float[16];
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (length == values.length) {
        values = Arrays.copyOf(values, length * 2);
      }
      values[length++] = (float) parser.getDoubleValue();
    }
    return Vector.adopt(Arrays.copyOf(values, length));
  }

  private byte[] post(String operation, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + collection + operation))
            .timeout(Duration.ofMinutes(5))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
