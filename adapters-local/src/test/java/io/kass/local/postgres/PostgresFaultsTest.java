package io.kass.local.postgres;

import static io.kass.ports.Eventually.eventually;
import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.devservices.Installations;
import io.kass.devservices.LegacySample;
import io.kass.devservices.PostgresServer;
import io.kass.ports.CallScope;
import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Turn;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that is not as it should be. */
@ExtendWith(LegacyPostgres.Extension.class)
class PostgresFaultsTest {
  private static final ConversationId TALK = new ConversationId("talk");
  private static final UserId ANN = new UserId("ann");
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String OURS = "application_name = 'kass' AND state = 'active'";

  @TempDir private Path directory;
  private LegacyPostgres postgres;

  @BeforeEach
  void meet(LegacyPostgres given) {
    postgres = given;
  }

  @Test
  @Tag("M12")
  void namesAColumnThatIsMissing() {
    postgres.run("ALTER TABLE conversations DROP COLUMN role");
    assertMisconfigured(postgres.config(), "'role'", "is missing", "conversations", "chatbot");
  }

  @Test
  @Tag("M12")
  void namesEveryColumnOfAnotherType() {
    postgres.run(
        "ALTER TABLE conversations ALTER COLUMN created_at TYPE timestamp with time zone,"
            + " ALTER COLUMN id TYPE text");
    assertMisconfigured(
        postgres.config(),
        "the column 'created_at' is timestamp with time zone, not timestamp without time zone",
        "the column 'id' is text, not integer");
    postgres.run(
        "ALTER TABLE conversations ALTER COLUMN created_at TYPE timestamp(3) without time zone");
    assertMisconfigured(postgres.config(), "timestamp(3) without time zone");
  }

  @Test
  @Tag("M12")
  void readsATableWithMoreAndWiderColumns() {
    postgres.run(
        "ALTER TABLE conversations ALTER COLUMN id TYPE bigint,"
            + " ALTER COLUMN conversation_id TYPE text, ADD COLUMN more json");
    try (OpenLog open = open(postgres.config())) {
      open.log().append(scope(), turn(1));
      assertThat(open.log().last(scope(), TALK, 9)).hasSize(2);
    }
  }

  @Test
  void saysThatThereIsNoTable() {
    postgres.run("DROP TABLE conversations");
    assertMisconfigured(postgres.config(), "no table 'conversations'", "POSTGRES_DB");
  }

  @Test
  void saysThatThePasswordIsWrongWithoutShowingIt() {
    PostgresConfig config =
        postgres.config(LegacyPostgres.DATABASE, "not the word", ZoneOffset.UTC);
    assertMisconfigured(config, "'chatbot'", "POSTGRES_PASSWORD");
    try (OpenLog open = open(config)) {
      assertThatThrownBy(() -> open.log().last(scope(), TALK, 1))
          .message()
          .doesNotContain("not the word");
    }
    assertThat(config.toString()).doesNotContain("not the word");
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    assertMisconfigured(
        postgres.config("elsewhere", LegacyPostgres.PASSWORD, ZoneOffset.UTC),
        "'elsewhere'",
        "does not exist",
        "POSTGRES_DB");
  }

  @Test
  void saysThatNobodyListensThere() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    PostgresConfig there = postgres.config();
    try (OpenLog open = open(at(there, there.host(), port))) {
      assertThatThrownBy(() -> open.log().last(scope(), TALK, 1))
          .isInstanceOf(Unavailable.class)
          .hasMessageContainingAll("127.0.0.1:" + port, "POSTGRES_HOST", "POSTGRES_PORT");
    }
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    var unknown =
        new SQLException(
            "The connection attempt failed.", "08001", new UnknownHostException("nowhere"));
    assertThat(new PostgresErrors(postgres.config()).translate(unknown))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContainingAll("no such host", "POSTGRES_HOST");
  }

  @Test
  void endsInTimeWithAServerThatSaysNothing() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OpenLog open = open(at(postgres.config(), "127.0.0.1", silent.getLocalPort()))) {
      CallScope soon = TestScopes.scope(InstantSource.system(), Duration.ofMillis(300));
      assertThatThrownBy(() -> open.log().last(soon, TALK, 1))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("time allowed");
    }
  }

  @Test
  void saysThatAllConnectionsAreTaken() {
    postgres.superuser("ALTER ROLE chatbot CONNECTION LIMIT 0");
    try (OpenLog open = open(postgres.config())) {
      assertThatThrownBy(() -> open.log().last(scope(), TALK, 1))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("no connection left");
      postgres.superuser("ALTER ROLE chatbot CONNECTION LIMIT -1");
      assertThat(open.log().last(scope(), TALK, 1)).isEmpty();
    }
  }

  @Test
  void connectsAgainAfterTheServerDroppedItsConnections() {
    try (OpenLog open = open(postgres.config())) {
      open.log().append(scope(), turn(1));
      dropConnections();
      assertThat(open.log().last(scope(), TALK, 9)).hasSize(2);
      dropConnections();
      open.log().append(scope(), turn(2));
      assertThat(open.log().last(scope(), TALK, 9)).hasSize(4);
    }
  }

  @Test
  void goesOnWhenTheServerWasRestarted() {
    Path data = directory.resolve("restarted");
    PostgresServer first = PostgresServer.start(Installations.ofUser(), data, 0);
    PostgresServer running = first;
    try {
      first.createDatabase(LegacyPostgres.DATABASE, LegacyPostgres.USER, LegacyPostgres.PASSWORD);
      LegacySample.fill(
          first, LegacyPostgres.DATABASE, LegacyPostgres.USER, LegacyPostgres.PASSWORD);
      try (OpenLog open = open(at(postgres.config(), first.host(), first.port()))) {
        open.log().append(scope(), turn(1));
        first.close();
        assertThatThrownBy(() -> open.log().last(scope(), TALK, 9)).isInstanceOf(Unavailable.class);
        running = PostgresServer.start(Installations.ofUser(), data, first.port());

        assertThat(open.log().last(scope(), TALK, 9)).hasSize(2);
        open.log().append(scope(), turn(2));
        assertThat(open.log().last(scope(), TALK, 9)).hasSize(4);
      }
    } finally {
      running.close();
    }
  }

  private void dropConnections() {
    postgres.superuser(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kass'");
  }

  @Test
  void endsAtTheServerTooWhenItsTimeIsOver() throws SQLException {
    try (OpenLog open = open(postgres.config());
        Connection other = locked()) {
      CallScope soon = TestScopes.scope(InstantSource.system(), Duration.ofSeconds(2));
      assertThatThrownBy(() -> open.log().append(soon, turn(1)))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("time allowed");
      eventually(LONG, () -> assertThat(running()).isZero());
      other.rollback();
      assertThat(open.log().last(scope(), TALK, 9)).isEmpty();
    }
  }

  @Test
  void endsAtTheServerTooWhenCancelled() throws SQLException {
    try (OpenLog open = open(postgres.config())) {
      assertThat(open.log().last(scope(), TALK, 9)).isEmpty();
      CallScope scope = scope();
      try (Connection other = locked()) {
        CompletableFuture<Boolean> done =
            CompletableFuture.supplyAsync(() -> {
              assertThatThrownBy(() -> open.log().append(scope, turn(1)))
                  .isInstanceOf(Cancelled.class);
              return true;
            });
        eventually(LONG, () -> assertThat(running()).isEqualTo(1));
        scope.cancellation().cancel();
        assertThat(done.join()).isTrue();
        eventually(LONG, () -> assertThat(running()).isZero());
        other.rollback();
      }
      open.log().append(scope(), turn(1));
      assertThat(open.log().last(scope(), TALK, 9)).hasSize(2);
    }
  }

  /** A connection that lets nobody else at the table. */
  private Connection locked() throws SQLException {
    Connection connection = postgres.connect();
    connection.setAutoCommit(false);
    connection.createStatement().execute("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE");
    return connection;
  }

  private int running() {
    return Integer.parseInt(
        postgres.query("SELECT count(*) FROM pg_stat_activity WHERE " + OURS).getFirst());
  }

  @Test
  void saysThatItsUserMayNotWrite() {
    postgres.run("ALTER TABLE conversations RENAME TO theirs");
    postgres.run("CREATE VIEW conversations AS SELECT * FROM theirs");
    postgres.run("REVOKE INSERT ON conversations FROM chatbot");
    try (OpenLog open = open(postgres.config())) {
      assertThat(open.log().last(scope(), TALK, 9)).isEmpty();
      assertThatThrownBy(() -> open.log().append(scope(), turn(1)))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContainingAll("'chatbot'", "permission denied");
    } finally {
      postgres.run("DROP VIEW conversations");
      postgres.run("DROP TABLE theirs");
    }
  }

  @Test
  void saysThatItWasClosed() {
    OpenLog open = open(postgres.config());
    assertThat(open.log().last(scope(), TALK, 9)).isEmpty();
    open.close();
    assertThatThrownBy(() -> open.log().last(scope(), TALK, 9))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
  }

  private void assertMisconfigured(PostgresConfig config, String... words) {
    try (OpenLog open = open(config)) {
      assertThatThrownBy(() -> open.log().last(scope(), TALK, 1))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContainingAll(words);
    }
  }

  private OpenLog open(PostgresConfig config) {
    return OpenLog.of(config, directory);
  }

  private static PostgresConfig at(PostgresConfig config, String host, int port) {
    return new PostgresConfig(
        host,
        port,
        config.database(),
        config.user(),
        new Secret(LegacyPostgres.PASSWORD),
        config.zone(),
        Duration.ofSeconds(5),
        config.timeout(),
        config.connections());
  }

  private static Turn turn(int number) {
    return new Turn(
        "turn " + number,
        TALK,
        ANN,
        "question",
        "answer",
        Instant.parse("2026-03-01T12:00:00Z").plusSeconds(number),
        Metadata.EMPTY);
  }
}
