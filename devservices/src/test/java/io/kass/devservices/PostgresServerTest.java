package io.kass.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, asking for passwords and keeping its data. */
class PostgresServerTest {
  private static final String PASSWORD = "p@ss 'w:/?#\"ö";

  @TempDir private Path directory;

  @Test
  void asksForPasswordsAndKeepsItsData() throws Exception {
    Path data = directory.resolve("data");
    try (PostgresServer server = PostgresServer.start(Installations.ofUser(), data, 0)) {
      server.createDatabase("chatbot", "chatbot", PASSWORD);
      try (Connection connection = connect(server, PASSWORD)) {
        connection.createStatement().execute("CREATE TABLE note (text text)");
      }
      assertThatThrownBy(() -> connect(server, "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
    try (PostgresServer server = PostgresServer.start(Installations.ofUser(), data, 0)) {
      server.createDatabase("chatbot", "chatbot", PASSWORD);
      try (Connection connection = connect(server, PASSWORD);
          var rows =
              connection
                  .createStatement()
                  .executeQuery("SELECT version() FROM (SELECT count(*) FROM note) n")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).startsWith("PostgreSQL 15.");
      }
    }
  }

  private static Connection connect(PostgresServer server, String password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", "chatbot");
    properties.setProperty("password", password);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/chatbot".formatted(server.host(), server.port()), properties);
  }
}
