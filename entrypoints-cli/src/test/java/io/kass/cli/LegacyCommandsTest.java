package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands over the real servers of a legacy deployment, set by its own variables. */
@ExtendWith(LegacyServers.Extension.class)
class LegacyCommandsTest {
  private static final String QUESTION = "How long are backups kept?";

  @TempDir static Path cache;

  @TempDir Path home;

  private LegacyServers servers;

  @BeforeEach
  void meet(LegacyServers given) {
    servers = given;
  }

  /** A command with the variables of the deployment. */
  private Cli cli() {
    Cli cli = new Cli(home).with("XDG_CACHE_HOME", cache.toString());
    servers.environment().forEach(cli::with);
    return cli;
  }

  private Cli.Result run(String... arguments) {
    return cli().with("KASS_BACKEND", "legacy").run(arguments);
  }

  @Test
  void answersFromTheCollectionAndAddsTheTurnToTheTable() {
    String conversations = "SELECT count(DISTINCT conversation_id) FROM conversations";
    int before = Integer.parseInt(servers.rows(conversations).getFirst());

    Cli.Result result = cli().run("ask", "--backend", "legacy", "--json", QUESTION);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.json().get("text").asText()).contains("35 days");
    String id = result.json().get("conversation").asText();
    assertThat(
            servers.rows(
                "SELECT user_id, role, content FROM conversations WHERE conversation_id = '%s' ORDER BY id"
                    .formatted(id)))
        .hasSize(2)
        .first()
        .isEqualTo("local | user | " + QUESTION);
    assertThat(servers.rows(conversations)).containsExactly(Integer.toString(before + 1));
    assertThat(run("conversations", "show", id).out()).contains(QUESTION, "35 days");
    assertThat(run("conversations", "delete", "--yes", id).code()).isZero();
  }

  @Test
  void readingChangesNothingOnTheServers() {
    List<JsonNode> collection = servers.collection("chatbot_knowledge");
    List<String> table = servers.table();

    assertThat(run("search", "refunds at night").code()).isZero();
    assertThat(run("documents", "list").out())
        .contains("design/payment_api.xlsx", "legacy/chatbot_knowledge/doc_7");
    assertThat(run("documents", "show", "design/payment_api.xlsx").out()).contains("API-03");
    assertThat(run("conversations", "list", "--user", "aiko").out())
        .contains("conv-0a1b2c3d4e5f", "How long do we keep backups?");
    assertThat(run("conversations", "show", "conv-000000000001").out())
        .contains("a question of before there were times");
    assertThat(run("doctor").code()).isZero();
    Cli.Result ingesting = run("ask", "--docs", home.toString(), QUESTION);
    assertThat(ingesting.code()).isEqualTo(2);
    assertThat(ingesting.err()).contains("kass ingest");
    assertThat(run("eval", "--docs", home.toString(), questions()).code()).isEqualTo(2);
    assertThat(run("eval", questions()).code()).isZero();

    assertThat(servers.collection("chatbot_knowledge").equals(collection)).isTrue();
    assertThat(servers.table()).isEqualTo(table);
  }

  private String questions() {
    try {
      Path file = home.resolve("questions.jsonl");
      Files.writeString(
          file,
          "{\"question\": \"%s\", \"relevant\": [\"legacy/chatbot_knowledge/doc_7\"]}\n"
              .formatted(QUESTION));
      return file.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ingestsAndRemovesWhenThatIsAskedFor() throws IOException {
    String name = "ingested-" + UUID.randomUUID();
    servers.makeCollection(name);
    Path file = Files.writeString(home.resolve("tea.md"), "# Tea\n\nTea is served at four.\n");
    Cli cli = cli().with("KASS_BACKEND", "legacy").with("CHROMADB_COLLECTION", name);

    Cli.Result ingested = cli.run("ingest", file.toString());
    assertThat(ingested.code()).as(ingested.err()).isZero();
    assertThat(servers.collection(name).toString()).contains("Tea is served at four.");
    assertThat(cli.run("ask", "When is tea served?").out()).contains("Tea is served at four.");
    assertThat(cli.run("ingest", file.toString()).code()).isZero();
    assertThat(cli.run("documents", "list").out()).containsOnlyOnce("tea.md");

    assertThat(cli.run("documents", "remove", "--yes", file.toString()).code()).isZero();
    assertThat(servers.collection(name).toString()).doesNotContain("Tea is served at four.");

    Cli.Result rebuilt = cli.run("ingest", "--rebuild", file.toString());
    assertThat(rebuilt.code()).isEqualTo(6);
    assertThat(rebuilt.err()).contains("does not give it up");
  }

  @Test
  void doctorShowsEachPartOnOneScreen() {
    Cli.Result shown = run("doctor");
    assertThat(shown.code()).as(shown.out()).isZero();
    assertThat(shown.out())
        .contains("http://127.0.0.1:" + servers.chromaPort())
        .contains("records 23", "dimension 384", "distance l2", "e5-small-v2-q")
        .contains("127.0.0.1:" + servers.postgresPort(), "version 15", "messages without a time 2")
        .contains("embedding-data")
        .doesNotContain(servers.password());
    assertThat(shown.out().lines().count()).isLessThan(25);

    JsonNode json = run("doctor", "--json").json();
    assertThat(json.get("healthy").asBoolean()).isTrue();
    assertThat(facts(json, "chroma").get("distance").asText()).isEqualTo("l2");
    assertThat(facts(json, "postgres").get("database").asText()).isEqualTo("chatbot");
  }

  private static JsonNode facts(JsonNode doctor, String part) {
    for (JsonNode check : doctor.get("checks")) {
      if (check.get("name").asText().equals(part)) {
        return check.get("facts");
      }
    }
    throw new AssertionError("no " + part + " in " + doctor);
  }

  @Test
  void doctorNamesTheServerThatIsDownAndLooksAtTheOther() throws IOException {
    int nobody = freePort();
    Cli.Result chromaDown =
        cli().with("CHROMADB_PORT", Integer.toString(nobody)).run("doctor", "--backend", "legacy");
    assertThat(chromaDown.code()).isEqualTo(4);
    assertThat(chromaDown.out())
        .contains("127.0.0.1:" + nobody, "Is the server running?", "version 15");

    Cli.Result postgresDown =
        cli().with("POSTGRES_PORT", Integer.toString(nobody)).run("doctor", "--backend", "legacy");
    assertThat(postgresDown.code()).isEqualTo(4);
    assertThat(postgresDown.out()).contains("127.0.0.1:" + nobody, "records 23");
  }

  @Test
  void saysWhatIsWrongAndWhatToSet() throws IOException {
    Cli.Result password =
        cli().with("POSTGRES_PASSWORD", "wrong").run("doctor", "--backend", "legacy");
    assertThat(password.code()).isEqualTo(3);
    assertThat(password.out()).contains("POSTGRES_PASSWORD").doesNotContain("wrong'");

    Cli.Result absent =
        cli().with("CHROMADB_COLLECTION", "absent").run("ask", "--backend", "legacy", QUESTION);
    assertThat(absent.code()).isEqualTo(3);
    assertThat(absent.err()).contains("'absent'", "'chatbot_knowledge'", "CHROMADB_COLLECTION");

    Cli.Result down =
        cli()
            .with("CHROMADB_PORT", Integer.toString(freePort()))
            .run("ask", "--backend", "legacy", QUESTION);
    assertThat(down.code()).isEqualTo(4);
    assertThat(down.err()).contains("CHROMADB_HOST");
  }

  @Tag("F16")
  @Test
  void refusesACollectionOfAnotherDimensionByBothNumbers() {
    Cli other =
        cli()
            .with("KASS_BACKEND", "legacy")
            .with("CHROMADB_COLLECTION", "chatbot_knowledge_voyage");
    for (String[] command :
        new String[][] {{"ask", QUESTION}, {"search", "x"}, {"documents", "list"}}) {
      Cli.Result result = other.run(command);
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err()).contains("1024", "384", "EMBEDDING_PROVIDER");
    }
    Cli.Result doctor = other.run("doctor");
    assertThat(doctor.code()).isEqualTo(3);
    assertThat(doctor.out()).contains("dimension 1024", "384", "EMBEDDING_PROVIDER");
  }

  @Test
  void aWebPageInPlaceOfTheServerIsToldApart() throws IOException {
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          byte[] page = "<html><body>Sign in</body></html>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    proxy.start();
    try {
      Cli.Result result =
          cli()
              .with("CHROMADB_PORT", Integer.toString(proxy.getAddress().getPort()))
              .run("doctor", "--backend", "legacy");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.out()).contains("web page", "A proxy may stand between");
    } finally {
      proxy.stop(0);
    }
  }

  @Test
  void aServerThatSaysNothingIsWaitedForNoLongerThanIsSet() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(silent.getLocalPort());
      Cli.Result chroma =
          cli()
              .with("CHROMADB_PORT", port)
              .with("KASS_LEGACY_CHROMA_TIMEOUT", "300ms")
              .run("doctor", "--backend", "legacy");
      assertThat(chroma.code()).isEqualTo(4);
      assertThat(chroma.out()).contains("300 ms", "version 15");

      Cli.Result postgres =
          cli()
              .with("POSTGRES_PORT", port)
              .with("KASS_LEGACY_POSTGRES_CONNECT_TIMEOUT", "1s")
              .run("doctor", "--backend", "legacy");
      assertThat(postgres.code()).isEqualTo(4);
      assertThat(postgres.out()).contains("127.0.0.1:" + port, "records 23");
    }
  }

  @Test
  void theEmbeddedBackendHasADirectoryBesideIt() throws IOException {
    Path docs = Files.createDirectories(home.resolve("docs"));
    Files.writeString(docs.resolve("a.md"), "Backups are kept for two weeks.\n");

    assertThat(cli().run("ask", "--docs", "docs", QUESTION).out()).contains("two weeks");
    assertThat(run("ask", QUESTION).out()).contains("35 days").doesNotContain("two weeks");
    assertThat(cli().run("documents", "list").out()).contains("a.md").doesNotContain("payment_api");
    assertThat(cli().run("ask", QUESTION).out()).contains("two weeks").doesNotContain("35 days");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
