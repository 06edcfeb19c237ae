package io.kass.devservices;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A real PostgreSQL 15 on the loopback interface, from Maven packages (the server PostgreSQL
 * licence, the starter Apache-2.0). It asks for passwords, as the legacy deployment's does. Ends
 * with this process when that ends in order.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres postgres;
  private final Path data;

  private PostgresServer(EmbeddedPostgres postgres, Path data) {
    this.postgres = postgres;
    this.data = data;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param data where it keeps its databases; made when it is not there
   * @param port where it listens, or 0 for one that is free
   * @throws DevServiceException when it cannot be started
   */
  public static PostgresServer start(Installations installations, Path data, int port) {
    try {
      trustAll(data);
      var builder =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(installations.directory().resolve("postgres").toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setPGStartupWait(Duration.ofSeconds(60))
              // Tests crash it on purpose; none needs its data to survive the machine.
              .setServerConfig("fsync", "off")
              .setServerConfig("timezone", "UTC");
      if (port != 0) {
        builder.setPort(port);
      }
      var server = new PostgresServer(builder.start(), data);
      server.askForPasswords();
      return server;
    } catch (IOException | IllegalStateException e) {
      throw new DevServiceException("PostgreSQL cannot be started: " + e.getMessage(), e);
    }
  }

  /** The starter looks whether the server is up without a password. */
  private static void trustAll(Path data) throws IOException {
    if (Files.exists(rules(data))) {
      write(rules(data), "trust");
    }
  }

  private void askForPasswords() throws IOException {
    write(rules(data), "scram-sha-256");
    superuser("SELECT pg_reload_conf()");
  }

  private static Path rules(Path data) {
    return data.resolve("pg_hba.conf");
  }

  private static void write(Path rules, String method) throws IOException {
    String text =
        """
        local all all trust
        host all %1$s 127.0.0.1/32 trust
        host all all 127.0.0.1/32 %2$s
        """
            .formatted(SUPERUSER, method);
    Files.write(rules, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes a user and a database of his own, unless they are there.
   *
   * @param user letters, digits and underscores
   * @param password anything
   */
  public void createDatabase(String database, String user, String password) {
    if (!(database + user).matches("\\w+")) {
      throw new IllegalArgumentException("not plain names: " + database + ", " + user);
    }
    superuser(
        """
        DO $do$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN CREATE ROLE %1$s LOGIN; END IF;
        END $do$\
        """
            .formatted(user));
    superuser("ALTER ROLE %s PASSWORD '%s'".formatted(user, password.replace("'", "''")));
    if (!exists(database)) {
      superuser("CREATE DATABASE %s OWNER %s".formatted(database, user));
    }
  }

  private boolean exists(String database) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        var statement =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      statement.setString(1, database);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException e) {
      throw new DevServiceException("PostgreSQL: " + e.getMessage(), e);
    }
  }

  /** Runs a statement as the superuser. */
  public void superuser(String sql) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DevServiceException("PostgreSQL: " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public String host() {
    return "127.0.0.1";
  }

  /** Where it listens. */
  public int port() {
    return postgres.getPort();
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new DevServiceException("PostgreSQL did not stop: " + e.getMessage(), e);
    }
  }
}
