package io.kass.local.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.devservices.ChromaServer;
import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.index.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/** A collection as the legacy application makes and fills it, over bare HTTP. */
final class TestCollection implements AutoCloseable {
  private static final String ROOT =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ChromaServer server;
  private final String name;
  private final String id;

  private TestCollection(ChromaServer server, String name, String metadata) throws Exception {
    this.server = server;
    this.name = name;
    Json made =
        Json.parse(
            send("POST", ROOT, "{\"name\": \"%s\", \"metadata\": %s}".formatted(name, metadata)));
    this.id = Members.text(made, "id");
  }

  /** A new one in this space; the legacy application's are {@code l2}, which it does not say. */
  static TestCollection create(ChromaServer server, String space) throws Exception {
    String metadata =
        space.equals("l2")
            ? "{\"description\": \"Knowledge base for chatbot\"}"
            : "{\"hnsw:space\": \"%s\"}".formatted(space);
    return new TestCollection(server, "legacy-" + UUID.randomUUID(), metadata);
  }

  static ChromaConfig config(ChromaServer server, String collection, boolean create) {
    return config(server.host(), server.port(), collection, create);
  }

  static ChromaConfig config(String host, int port, String collection, boolean create) {
    return new ChromaConfig(
        host,
        port,
        false,
        "default_tenant",
        "default_database",
        collection,
        create,
        "",
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }

  static Space space(Metric metric) {
    return Arrays.stream(Space.values())
        .filter(space -> space.metric() == metric)
        .findFirst()
        .orElseThrow();
  }

  String name() {
    return name;
  }

  String id() {
    return id;
  }

  /** Adds records; the four are the JSON texts of arrays. */
  void add(String ids, String embeddings, String documents, String metadatas) throws Exception {
    write("add", ids, embeddings, documents, metadatas);
  }

  void upsert(String ids, String embeddings, String documents, String metadatas) throws Exception {
    write("upsert", ids, embeddings, documents, metadatas);
  }

  private void write(
      String operation, String ids, String embeddings, String documents, String metadatas)
      throws Exception {
    String body =
        "{\"ids\": %s, \"embeddings\": %s, \"documents\": %s, \"metadatas\": %s}"
            .formatted(ids, embeddings, documents, metadatas);
    send("POST", ROOT + "/" + id + "/" + operation, body);
  }

  void delete(String ids) throws Exception {
    send("POST", ROOT + "/" + id + "/delete", "{\"ids\": %s}".formatted(ids));
  }

  /** What a {@code get} of everything answers. */
  Json.Obj everything() throws Exception {
    String answer =
        send(
            "POST",
            ROOT + "/" + id + "/get",
            "{\"include\": [\"documents\", \"metadatas\", \"embeddings\"]}");
    return (Json.Obj) Json.parse(answer);
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(
                    URI.create("http://" + server.host() + ":" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return response.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
