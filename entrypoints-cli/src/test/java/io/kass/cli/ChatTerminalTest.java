package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code kass chat} as a person at a terminal meets it. */
@EnabledOnOs(OS.LINUX)
class ChatTerminalTest {
  private static final String PROMPT = "> ";

  @TempDir static Path shared;

  @TempDir Path home;

  @BeforeAll
  static void ingest() throws IOException {
    Path docs = Files.createDirectories(shared.resolve("docs"));
    Files.writeString(
        docs.resolve("retention.md"), "# Retention\n\nAudit logs are kept for seven years.\n");
    Files.writeString(docs.resolve("手引き.md"), "# 手引き\n\n監査ログは七年間保存します。\n");
    Cli.Result result =
        new Cli(shared)
            .with("XDG_CACHE_HOME", shared.resolve("cache").toString())
            .with("XDG_DATA_HOME", shared.resolve("data").toString())
            .run("ingest", "docs");
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void answersAndShowsWhereItIsFrom() {
    try (Pty pty = chat(Map.of(), 80)) {
      pty.expect("Ask your documents").expect("/help").expect(PROMPT);
      pty.type("How long are audit logs kept?\r");
      pty.expect("Audit logs are kept for seven years.").expect("docs/retention.md:3");
      pty.expect(PROMPT).type("/sour\t\r").expect("[1] ").expect("# Retention");
      pty.expect(PROMPT).type("監査ログの保存期間は？\r").expect("監査ログは七年間保存します。");
      pty.expect(PROMPT).type("/help\r").expect("/quit").expect("Alt-Enter");
      pty.expect(PROMPT).type("/qit\r").expect("Did you mean /quit?");
      pty.expect(PROMPT).type("/new\r").expect("A new conversation.");
      pty.expect(PROMPT).type("/sources\r").expect("Nothing was answered yet.");
      pty.expect(PROMPT).type("/quit\r");
      assertThat(pty.exitCode()).as(pty.all()).isZero();
    }
  }

  @Test
  void ctrlCStopsTheAnswerAndNotTheProgram() {
    try (var model = new StreamingServer().begin("For seven", " long", " ").say("So [1].");
        Pty pty = chat(model(model), 80)) {
      pty.expect(PROMPT).type("How long are audit logs kept?\r").expect("For seven");
      pty.type(Pty.CTRL_C).expect("(stopped)");
      pty.expect(PROMPT)
          .type("How long are logs kept?\r")
          .expect("So [1].")
          .expect("docs/retention.md:1-3");
      pty.expect(PROMPT).type(Pty.CTRL_D).expect("kass chat --conversation ");
      assertThat(pty.exitCode()).as(pty.all()).isZero();

      // The model is told what it had said, and so is whoever looks at the conversation.
      assertThat(model.requests()).hasSize(2);
      assertThat(model.requests().getLast()).contains("For seven long");
      String id = pty.all().replaceAll("(?s).*--conversation (cli-[0-9a-f]+).*", "$1");
      Cli.Result shown = cli().run("conversations", "show", id);
      assertThat(shown.out())
          .contains("For seven long", "(stopped)", "How long are logs kept?", "So [1].");
    }
  }

  @Test
  void ctrlCAtThePromptClearsTheLineAndTwiceLeaves() {
    try (Pty pty = chat(Map.of(), 80)) {
      pty.expect(PROMPT).type("not this").expect("not this").type(Pty.CTRL_C);
      pty.expect("(Ctrl-C again, or Ctrl-D, leaves.)").expect(PROMPT);
      pty.type("nor this").expect("nor this").type(Pty.CTRL_C).expect("leaves.)").expect(PROMPT);
      pty.type("How long are audit logs kept?\r").expect("seven years.");
      pty.expect(PROMPT).type(Pty.CTRL_C).expect("leaves.)").expect(PROMPT).type(Pty.CTRL_C);
      assertThat(pty.exitCode()).as(pty.all()).isZero();
    }
  }

  @Test
  void aQuestionCanHaveSeveralLines() {
    try (var model = new StreamingServer().say("One.").say("Two.").say("Three.");
        Pty pty = chat(model(model), 80)) {
      pty.expect(PROMPT).type("How long\\\r").expect("  ").type("are audit logs kept?\r");
      pty.expect("One.").expect(PROMPT);
      pty.type("Audit" + Pty.ALT_ENTER + "logs?\r").expect("Two.").expect(PROMPT);
      pty.type("\u001b[200~audit\rlogs \\\rkept\u001b[201~\r").expect("Three.").expect(PROMPT);
      pty.type(Pty.CTRL_D);
      assertThat(pty.exitCode()).as(pty.all()).isZero();
      assertThat(model.requests()).hasSize(3);
      assertThat(model.requests().get(0)).contains("How long\\nare audit logs kept?");
      assertThat(model.requests().get(1)).contains("Audit\\nlogs?");
      assertThat(model.requests().get(2)).contains("audit\\nlogs \\\\\\nkept");
    }
  }

  @Test
  void remembersWhatWasTypedAndShowsItToItsOwnerOnly() throws IOException {
    try (Pty pty = chat(Map.of(), 80)) {
      pty.expect(PROMPT).type("How long are audit logs kept?\r").expect("seven years.");
      pty.expect(PROMPT).type(" the password is seven\r").expect(PROMPT);
      pty.type("/sources\r").expect(PROMPT).type(Pty.CTRL_D);
      assertThat(pty.exitCode()).as(pty.all()).isZero();
    }
    Path file = home.resolve("state/kass/chat-history");
    assertThat(Files.readString(file)).isEqualTo("\"How long are audit logs kept?\"\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Pty pty = chat(Map.of(), 80)) {
      pty.expect(PROMPT).type(Pty.UP).expect("How long are audit logs kept?");
      pty.type("\r").expect("seven years.").expect(PROMPT).type(Pty.CTRL_D);
      assertThat(pty.exitCode()).as(pty.all()).isZero();
    }
  }

  @Test
  void aTerminalThatCannotMoveItsCursorWillDo() {
    try (var model = new StreamingServer().begin("For seven", " long", " ").say("So [1].");
        Pty pty = chat(with(model(model), "TERM", "dumb"), 40)) {
      pty.expect(PROMPT).type("How long are\\\n").expect("  ").type("audit logs kept?\n");
      pty.expect("For seven").type(Pty.CTRL_C).expect("(stopped)").expect(PROMPT);
      pty.type("not this" + Pty.CTRL_C).expect("leaves.)").expect(PROMPT);
      pty.type("How long are logs kept?\n").expect("So [1].").expect(PROMPT).type(Pty.CTRL_D);
      assertThat(pty.exitCode()).as(pty.all()).isZero();
      assertThat(pty.all()).doesNotContain("\u001b");
      assertThat(model.requests().getFirst()).contains("How long are\\naudit logs kept?");
    }
  }

  @Test
  void endsInGoodOrderWhenItIsTerminated() {
    try (Pty pty = chat(Map.of(), 80)) {
      pty.expect(PROMPT).type("How long are audit logs kept?\r").expect("seven years.");
      pty.expect(PROMPT).terminate();
      assertThat(pty.exitCode()).as(pty.all()).isEqualTo(143);
      assertThat(pty.all()).contains("Interrupted.");
    }
  }

  private Pty chat(Map<String, String> environment, int columns) {
    var all = new HashMap<>(environment());
    all.putAll(environment);
    return Pty.kass(shared, all, columns, "chat");
  }

  private Map<String, String> environment() {
    return Map.of(
        "HOME", home.toString(),
        "NO_COLOR", "1",
        "XDG_STATE_HOME", home.resolve("state").toString(),
        "XDG_CACHE_HOME", shared.resolve("cache").toString(),
        "XDG_DATA_HOME", shared.resolve("data").toString());
  }

  private Cli cli() {
    Cli cli = new Cli(home);
    environment().forEach(cli::with);
    return cli;
  }

  private static Map<String, String> model(StreamingServer model) {
    return Map.of("KASS_CHAT_URL", model.url(), "KASS_CHAT_MODEL", "test-model");
  }

  private static Map<String, String> with(
      Map<String, String> environment, String name, String value) {
    var all = new HashMap<>(environment);
    all.put(name, value);
    return all;
  }
}
