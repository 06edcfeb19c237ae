package io.kass.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kass.devservices.ChromaServer;
import io.kass.devservices.Installations;
import io.kass.devservices.LegacySample;
import io.kass.devservices.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A legacy deployment: real servers, one of each for a run of the tests, with the sample that
 * {@code scripts/legacy-up} shows. Tests that write use names of their own.
 */
final class LegacyServers implements AutoCloseable {
  private static final String DATABASE = "chatbot";
  private static final String PASSWORD = "p@ss 'w:/?#\"\u00f6%$";

  /** Of the pool and the servers' starter, which Main silences for the user. */
  private static final Logger LOGS = Logger.getLogger("");

  private final Path data;
  private final ChromaServer chroma;
  private final PostgresServer postgres;

  private LegacyServers() {
    LOGS.setLevel(Level.WARNING);
    try {
      data = Files.createTempDirectory("kass-legacy");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chroma = ChromaServer.start(Installations.ofUser(), data.resolve("chroma"), 0);
    postgres = PostgresServer.start(Installations.ofUser(), data.resolve("postgres"), 0);
    postgres.createDatabase(DATABASE, DATABASE, PASSWORD);
    LegacySample.fill(postgres, DATABASE, DATABASE, PASSWORD);
    LegacySample.fill(chroma);
  }

  /** Gives the servers to tests. */
  static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LegacyServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .computeIfAbsent(LegacyServers.class, type -> new LegacyServers(), LegacyServers.class);
    }
  }

  /** What the legacy deployment sets. */
  Map<String, String> environment() {
    return Map.of(
        "CHROMADB_HOST",
        chroma.host(),
        "CHROMADB_PORT",
        Integer.toString(chroma.port()),
        "CHROMADB_COLLECTION",
        LegacySample.COLLECTION,
        "POSTGRES_HOST",
        postgres.host(),
        "POSTGRES_PORT",
        Integer.toString(postgres.port()),
        "POSTGRES_DB",
        DATABASE,
        "POSTGRES_USER",
        DATABASE,
        "POSTGRES_PASSWORD",
        PASSWORD);
  }

  int chromaPort() {
    return chroma.port();
  }

  int postgresPort() {
    return postgres.port();
  }

  String password() {
    return PASSWORD;
  }

  /** All that a collection holds, and what the server says of it. */
  List<JsonNode> collection(String name) {
    String path = "/api/v2/tenants/default_tenant/databases/default_database/collections/" + name;
    String description = ask("GET", path, "");
    String id = description.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    String records =
        ask(
            "POST",
            path.replace(name, id) + "/get",
            "{\"include\": [\"documents\", \"metadatas\", \"embeddings\"]}");
    // The order of members is chance.
    return List.of(json(description), json(records));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Makes an empty collection, as the legacy application does. */
  void makeCollection(String name) {
    ask(
        "POST",
        "/api/v2/tenants/default_tenant/databases/default_database/collections",
        "{\"name\": \"%s\"}".formatted(name));
  }

  private String ask(String method, String path, String body) {
    URI uri = URI.create("http://%s:%d%s".formatted(chroma.host(), chroma.port(), path));
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(uri)
                  .timeout(Duration.ofSeconds(30))
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All rows of the conversations, and how the table looks. */
  List<String> table() {
    var rows = new ArrayList<>(rows("SELECT * FROM conversations ORDER BY id"));
    rows.addAll(
        rows(
            "SELECT table_name, column_name, data_type, column_default"
                + " FROM information_schema.columns WHERE table_schema = 'public'"
                + " ORDER BY table_name, column_name"));
    rows.addAll(rows("SELECT last_value FROM conversations_id_seq"));
    return rows;
  }

  /** The rows of a query, a text a row, its columns joined with a bar. */
  List<String> rows(String sql) {
    String url = "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), DATABASE);
    try (Connection connection = DriverManager.getConnection(url, DATABASE, PASSWORD);
        var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (found.next()) {
        var columns = new ArrayList<String>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          columns.add(found.getString(i));
        }
        rows.add(String.join(" | ", columns));
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() throws IOException {
    chroma.close();
    postgres.close();
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
