package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over its real parts: Lucene, SQLite, the embedding model, real files. */
class EndToEndTest {
  @TempDir static Path cache;

  @TempDir Path home;

  private Path docs;

  @BeforeEach
  void write() throws IOException {
    docs = Files.createDirectories(home.resolve("docs"));
    Files.writeString(
        docs.resolve("retention.md"),
        "# Retention\n\n## Logs\n\nAudit logs are kept for seven years. Nobody may delete them.\n");
    Files.writeString(docs.resolve("travel.txt"), "A taxi at night needs no approval.\n");
    Files.writeString(docs.resolve("手引き.md"), "# 手引き\n\n監査ログは七年間保存します。\n");
  }

  @Test
  void answersWithAQuoteAndItsLine() {
    Cli.Result result = cli().run("ask", "--docs", "docs", "How long do we keep audit logs?");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Audit logs are kept for seven years.")
        .contains("docs/retention.md:5");
  }

  @Test
  void answersInJapanese() {
    Cli.Result result = cli().run("ask", "--docs", "docs", "監査ログの保存期間は？");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("監査ログは七年間保存します。").contains("docs/手引き.md:3");
  }

  @Test
  void saysSoWhenNothingIsThere() {
    Cli.Result result = cli().run("ask", "--docs", "docs", "Who won the football match?");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("I found nothing about that");
  }

  @Test
  void aChangedDocumentAnswersAnew() throws IOException {
    cli().run("ask", "--docs", "docs", "How long do we keep audit logs?");
    Files.writeString(docs.resolve("retention.md"), "Audit logs are kept for ten years.\n");
    Cli.Result result = cli().run("ask", "--docs", "docs", "How long do we keep audit logs?");
    assertThat(result.out()).contains("ten years").doesNotContain("seven years");
  }

  @Test
  void evaluatingACollectionTouchesNothingThatWasIngested() throws IOException {
    Files.writeString(
        home.resolve("collection.jsonl"), "{\"id\": \"p1\", \"text\": \"Tea is hot.\"}\n");
    Files.writeString(
        home.resolve("questions.jsonl"),
        "{\"question\": \"Is tea hot?\", \"relevant\": [\"p1\"]}\n");
    String data = home.resolve("data").toString();
    cli().run("--data-dir", data, "ingest", "docs");
    String[] eval = {"eval", "questions.jsonl", "--docs", "collection.jsonl"};

    assertThat(cli().with("KASS_DATA_DIR", data).run(eval).code()).isZero();
    assertThat(cli().run("--data-dir", data, eval[0], eval[1], eval[2], eval[3]).code()).isZero();

    assertThat(cli().run("--data-dir", data, "documents", "list").out())
        .contains("retention.md", "travel.txt")
        .doesNotContain("p1");
  }

  @Test
  void anIndexKeepsToTheChunkingItWasMadeWith() {
    assertThat(cli().run("ingest", "--chunking", "langchain:1000/200", "docs").code()).isZero();

    Cli.Result other = cli().run("ingest", "docs");
    assertThat(other.code()).isEqualTo(3);
    assertThat(other.err()).contains("langchain-1:1000/200").contains("--rebuild");

    Cli.Result same =
        cli()
            .with("KASS_CHUNKING_MODE", "langchain:1000/200")
            .run("ask", "How long do we keep audit logs?");
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(cli().run("ingest", "--rebuild", "docs").code()).isZero();
  }

  @Test
  void aChunkingThatIsNotThereIsNoFaultOfKass() {
    Cli.Result result =
        cli().with("KASS_CHUNKING_MODE", "semantic").run("ask", "How long are logs kept?");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err())
        .contains("'semantic'")
        .contains("'kass'")
        .contains("KASS_CHUNKING_MODE");
  }

  @Test
  void asksTheModelThatIsConfigured() throws IOException {
    var request = new AtomicReference<String>("");
    HttpServer server = server(request);
    try {
      Cli.Result result =
          cli()
              .with("KASS_CHAT_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
              .with("KASS_CHAT_MODEL", "test-model")
              .with("KASS_CHAT_KEY", "sk-canary")
              .run("ask", "--docs", "docs", "How long do we keep audit logs?");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("For seven years [1].")
          .contains("docs/retention.md")
          .doesNotContain("[9]");
      assertThat(request.get()).contains("test-model", "Audit logs are kept for seven years.");
      assertThat(result.out() + result.err()).doesNotContain("sk-canary");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void asksGeminiWhereThatIsConfigured() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1beta/models/test-model:streamGenerateContent",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            event(
                body,
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"For seven years [1].\"}]},"
                    + "\"finishReason\":\"STOP\"}]}");
          }
        });
    server.start();
    try {
      Cli.Result result =
          cli()
              .with("KASS_CHAT_PROVIDER", "gemini")
              .with("KASS_CHAT_URL", "http://127.0.0.1:" + server.getAddress().getPort())
              .with("KASS_CHAT_MODEL", "test-model")
              .run("ask", "--docs", "docs", "How long do we keep audit logs?");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).contains("For seven years [1].").contains("docs/retention.md");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aChatSettingThatIsMissingIsNoFaultOfKass() {
    Cli.Result result =
        cli()
            .with("KASS_CHAT_PROVIDER", "gemini")
            .run("ask", "--docs", "docs", "How long do we keep audit logs?");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("KASS_CHAT_MODEL");
  }

  @Test
  void aChatServerThatIsAwayIsNamed() {
    Cli.Result result =
        cli()
            .with("KASS_CHAT_URL", "http://127.0.0.1:1/v1")
            .with("KASS_CHAT_MODEL", "test-model")
            .run("ask", "--docs", "docs", "How long do we keep audit logs?");
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).contains("127.0.0.1:1");
  }

  private Cli cli() {
    return new Cli(home).with("XDG_CACHE_HOME", cache.toString());
  }

  /** A server that answers as the protocol streams: one event a piece, then the end. */
  private static HttpServer server(AtomicReference<String> request) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          request.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            for (String piece : new String[] {"For seven", " years [", "1].", " [9]"}) {
              event(
                  body, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + piece + "\"}}]}");
            }
            event(body, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
            event(body, "[DONE]");
          }
        });
    server.start();
    return server;
  }

  private static void event(OutputStream body, String data) throws IOException {
    body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    body.flush();
  }
}
