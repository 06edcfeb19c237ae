package io.kass.devservices;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A little of a legacy deployment's data, as the legacy application writes it: a collection of
 * every source, and conversations. Only the vectors are of another model, the one that KASS
 * carries, so that a question needs no key.
 */
public final class LegacySample {
  /** The collection's usual name. */
  public static final String COLLECTION = "chatbot_knowledge";

  /** A collection of another model, which has 1,024 dimensions. */
  public static final String OTHER_COLLECTION = "chatbot_knowledge_voyage";

  /** How many records {@link #COLLECTION} has. */
  public static final int RECORDS = 23;

  /** How many rows the table of conversations has. */
  public static final int ROWS = 8;

  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private static final int VOYAGE_DIMENSION = 1_024;

  private LegacySample() {}

  /**
   * Makes the collections, which must not be there.
   *
   * @throws DevServiceException when the server does not take them
   */
  public static void fill(ChromaServer server) {
    List<String> records = lines("records.jsonl");
    List<String> vectors = lines("embeddings.txt").stream().map(LegacySample::vector).toList();
    add(server, COLLECTION, members(records, "id"), vectors, records);
    List<String> few = records.subList(0, 2);
    String voyage = "[1" + ",0.5".repeat(VOYAGE_DIMENSION - 1) + "]";
    add(server, OTHER_COLLECTION, members(few, "id"), List.of(voyage, voyage), few);
  }

  private static void add(
      ChromaServer server,
      String name,
      List<String> ids,
      List<String> vectors,
      List<String> records) {
    String made =
        post(
            server,
            COLLECTIONS,
            "{\"name\":\"%s\",\"metadata\":{\"description\":\"Knowledge base for chatbot\"}}"
                .formatted(name));
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(made);
    if (!id.find()) {
      throw new DevServiceException("Chroma made a collection without an id: " + made);
    }
    post(
        server,
        COLLECTIONS + "/" + id.group(1) + "/add",
        "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s],\"metadatas\":[%s]}"
            .formatted(
                String.join(",", ids),
                String.join(",", vectors),
                String.join(",", members(records, "document")),
                String.join(",", members(records, "metadata"))));
  }

  /** What stands at a name of each record, as JSON text. The file is ours: its lines are alike. */
  private static List<String> members(List<String> records, String name) {
    Pattern line =
        Pattern.compile(
            "\\{\"id\": (?<id>\".*?\"), \"document\": (?<document>.*), \"metadata\":"
                + " (?<metadata>null|\\{.*\\})\\}");
    var members = new ArrayList<String>();
    for (String record : records) {
      Matcher matcher = line.matcher(record);
      if (!matcher.matches()) {
        throw new DevServiceException("not a record: " + record);
      }
      members.add(matcher.group(name));
    }
    return members;
  }

  private static String vector(String base64) {
    FloatBuffer floats =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    var text = new StringBuilder("[");
    while (floats.hasRemaining()) {
      text.append(text.length() == 1 ? "" : ",").append((double) floats.get());
    }
    return text.append(']').toString();
  }

  private static String post(ChromaServer server, String path, String body) {
    URI uri = URI.create("http://%s:%d%s".formatted(server.host(), server.port(), path));
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri)
                  .timeout(Duration.ofSeconds(30))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new DevServiceException("Chroma does not take the sample: " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new DevServiceException("Chroma does not take the sample: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServiceException("Interrupted while the sample was written.", e);
    }
  }

  /**
   * Makes the table, which must not be there.
   *
   * @throws DevServiceException when the server does not take it
   */
  public static void fill(PostgresServer server, String database, String user, String password) {
    String url = "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), database);
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(text("conversations.sql"));
    } catch (SQLException e) {
      throw new DevServiceException("PostgreSQL does not take the sample: " + e.getMessage(), e);
    }
  }

  private static List<String> lines(String name) {
    return text(name).lines().toList();
  }

  private static String text(String name) {
    try (InputStream in = LegacySample.class.getResourceAsStream("legacy/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
