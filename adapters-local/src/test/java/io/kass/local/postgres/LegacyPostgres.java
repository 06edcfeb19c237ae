package io.kass.local.postgres;

import io.kass.devservices.Installations;
import io.kass.devservices.PostgresServer;
import io.kass.ports.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The legacy application's database on a real server, and what that application does to it: one
 * server a run, an empty table for each test.
 */
final class LegacyPostgres implements AutoCloseable {
  static final String DATABASE = "chatbot";
  static final String USER = "chatbot";
  static final String PASSWORD = "p@ss 'w:/?#\"\u00f6%";

  private final Path data;
  private final PostgresServer server;

  private LegacyPostgres() {
    try {
      data = Files.createTempDirectory("kass-postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = PostgresServer.start(Installations.ofUser(), data.resolve("data"), 0);
    server.createDatabase(DATABASE, USER, PASSWORD);
  }

  /** Gives the server to tests, with an empty table. */
  static final class Extension implements BeforeEachCallback, ParameterResolver {
    @Override
    public void beforeEach(ExtensionContext context) {
      shared(context).reset();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LegacyPostgres.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return shared(context);
    }

    private static LegacyPostgres shared(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .computeIfAbsent(
              LegacyPostgres.class, type -> new LegacyPostgres(), LegacyPostgres.class);
    }
  }

  /** The table as the legacy application makes it. */
  private void reset() {
    server.superuser("ALTER ROLE " + USER + " CONNECTION LIMIT -1");
    run("DROP TABLE IF EXISTS conversations");
    run(
        """
        CREATE TABLE conversations (
          id serial PRIMARY KEY,
          conversation_id varchar(100) NOT NULL,
          user_id varchar(100) NOT NULL,
          role varchar(20) NOT NULL,
          content text NOT NULL,
          created_at timestamp without time zone
        )\
        """);
    run("CREATE INDEX ON conversations (conversation_id)");
    run("CREATE INDEX ON conversations (user_id)");
  }

  PostgresConfig config() {
    return config(DATABASE, PASSWORD, ZoneOffset.UTC);
  }

  PostgresConfig config(String database, String password, ZoneId zone) {
    return new PostgresConfig(
        server.host(),
        server.port(),
        database,
        USER,
        new Secret(password),
        zone,
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        4);
  }

  /** Runs a statement as the superuser. */
  void superuser(String sql) {
    server.superuser(sql);
  }

  Connection connect() throws SQLException {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.host()});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(DATABASE);
    source.setUser(USER);
    source.setPassword(PASSWORD);
    return source.getConnection();
  }

  /** Runs a change as the legacy application would. */
  void run(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /**
   * Writes a row as the legacy application does.
   *
   * @param createdAt in UTC, as {@code datetime.utcnow()} tells it, or null
   */
  void say(
      String conversation, String user, String role, String content, @Nullable String createdAt) {
    try (Connection connection = connect();
        var statement =
            connection.prepareStatement(
                "INSERT INTO conversations (conversation_id, user_id, role, content, created_at)"
                    + " VALUES (?, ?, ?, ?, ?::timestamp)")) {
      statement.setString(1, conversation);
      statement.setString(2, user);
      statement.setString(3, role);
      statement.setString(4, content);
      statement.setString(5, createdAt);
      statement.execute();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The rows of a query, a text a row, its columns joined with a bar. */
  List<String> query(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        var columns = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(rows.getString(i));
        }
        texts.add(String.join(" | ", columns));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
