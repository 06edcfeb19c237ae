package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and SIGTERM while a command works: real signals to a real process. */
@EnabledOnOs(OS.LINUX)
class InterruptedCommandTest {
  private static final int DOCUMENTS = 150;

  @TempDir static Path cache;

  @TempDir Path home;

  private Path docs;

  @BeforeEach
  void write() throws IOException {
    docs = Files.createDirectories(home.resolve("docs"));
    Files.writeString(docs.resolve("logs.md"), "Audit logs are kept for seven years.\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnAnswerHadSaidIsKept(boolean terminated) {
    assertThat(cli().run("ingest", "docs").code()).isZero();
    try (var model = new StreamingServer().begin("For seven", " long", " ");
        Pty pty = kass(model, "ask", "How long are audit logs kept?")) {
      pty.expect("For seven");
      int code = interrupt(pty, terminated);

      assertThat(code).as(pty.all()).isEqualTo(terminated ? 143 : 130);
      assertThat(pty.all()).containsPattern("\\nkass: Interrupted\\. What was done is kept\\.");
    }
    Cli.Result listed = cli().run("conversations", "list", "--json");
    String id = listed.json().at("/conversations/0/conversation").asText();
    JsonNode answer = cli().run("conversations", "show", "--json", id).json().at("/messages/1");
    assertThat(answer.get("content").asText()).isEqualTo("For seven long");
    assertThat(answer.get("outcome").asText()).isEqualTo("stopped");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasIngestedIsKeptAndTheLineOfProgressIsGone(boolean terminated) throws IOException {
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(docs.resolve(i + ".txt"), "Document " + i + ". " + "word ".repeat(300));
    }
    try (var model = new StreamingServer();
        Pty pty = kass(model, "ingest", "docs")) {
      pty.expect("/" + (DOCUMENTS + 1));
      int code = interrupt(pty, terminated);

      assertThat(code).as(pty.all()).isEqualTo(terminated ? 143 : 130);
      // Nothing but blanks is left of the line when the message takes its place.
      assertThat(pty.all()).containsPattern("\\r +\\rkass: Interrupted\\.");
    }
    JsonNode before = cli().run("documents", "list", "--json").json().get("documents");
    assertThat(before.size()).isLessThan(DOCUMENTS);
    assertThat(before).allMatch(document -> document.get("state").asText().equals("indexed"));
    for (int i = 3; i < DOCUMENTS; i++) {
      Files.delete(docs.resolve(i + ".txt"));
    }
    Cli.Result again = cli().run("ingest", "docs");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(cli().run("documents", "list", "--json").json().get("documents")).hasSize(4);
  }

  @Test
  void aQuestionThatWaitsForYesIsEndedAtOnce() {
    cli().run("ingest", "docs");
    try (var model = new StreamingServer();
        Pty pty = kass(model, "documents", "remove", "docs")) {
      pty.expect("[y/N] ").type(Pty.CTRL_C);
      assertThat(pty.exitCode()).as(pty.all()).isEqualTo(130);
    }
    assertThat(cli().run("documents", "list", "--json").json().get("documents")).hasSize(1);
  }

  private static int interrupt(Pty pty, boolean terminated) {
    if (terminated) {
      pty.terminate();
    } else {
      pty.type(Pty.CTRL_C);
    }
    return pty.exitCode();
  }

  private Pty kass(StreamingServer model, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("NO_COLOR", "1");
    environment.put("XDG_CACHE_HOME", cache.toString());
    environment.put("KASS_CHAT_URL", model.url());
    environment.put("KASS_CHAT_MODEL", "test-model");
    return Pty.kass(home, environment, 80, arguments);
  }

  private Cli cli() {
    return new Cli(home).with("XDG_CACHE_HOME", cache.toString());
  }
}
