package io.kass.local.postgres;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.secret.Secret;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Where the legacy application's database is.
 *
 * @param host its name or address ({@code POSTGRES_HOST} of the legacy deployment)
 * @param port 1 to 65535 ({@code POSTGRES_PORT})
 * @param database its name ({@code POSTGRES_DB})
 * @param user who reads and writes it ({@code POSTGRES_USER})
 * @param password that user's ({@code POSTGRES_PASSWORD}); any characters, may be empty
 * @param zone in which its times are meant, which have none. The legacy application writes UTC. In
 *     a zone whose clocks change, the hour that comes twice is read as its first one
 * @param connectTimeout how long a connection may take; 1 s to 1 h
 * @param timeout how long the server may work on one call; never longer than the call's own time; 1
 *     s to 1 h
 * @param connections how many callers are served at once; 1 to 64
 */
public record PostgresConfig(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    ZoneId zone,
    Duration connectTimeout,
    Duration timeout,
    int connections) {
  /** Those of the legacy deployment, on this machine. */
  public static final PostgresConfig DEFAULTS =
      new PostgresConfig(
          "localhost",
          5432,
          "chatbot",
          "chatbot",
          Secret.NONE,
          ZoneOffset.UTC,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          4);

  public PostgresConfig {
    require("host (POSTGRES_HOST)", host);
    require("database (POSTGRES_DB)", database);
    require("user (POSTGRES_USER)", user);
    if (port < 1 || port > 65_535) {
      throw new Misconfigured("PostgreSQL's port (POSTGRES_PORT) is 1 to 65535, not " + port + ".");
    }
    requireTime("connect-timeout", connectTimeout);
    requireTime("timeout", timeout);
    if (connections < 1 || connections > 64) {
      throw new Misconfigured("PostgreSQL's connections are 1 to 64, not " + connections + ".");
    }
  }

  private static void require(String setting, String value) {
    if (value.isBlank() || value.indexOf('\0') >= 0) {
      throw new Misconfigured("PostgreSQL's " + setting + " must be set.");
    }
  }

  private static void requireTime(String setting, Duration value) {
    if (value.toMillis() < 1_000 || value.compareTo(Duration.ofHours(1)) > 0) {
      throw new Misconfigured("PostgreSQL's " + setting + " is 1s to 1h.");
    }
  }

  /** The database, for messages. */
  String shown() {
    return "The PostgreSQL database '%s' at %s:%d".formatted(database, host, port);
  }
}
