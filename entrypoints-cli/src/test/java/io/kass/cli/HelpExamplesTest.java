package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kass.core.KassSettings;
import io.kass.local.EmbeddedBackendFactory;
import io.kass.ports.Metadata;
import io.kass.ports.TestScopes;
import io.kass.ports.UserId;
import io.kass.ports.backend.Backend;
import io.kass.ports.backend.BackendContext;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Turn;
import io.kass.ports.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever copies an example of the help pages gets what the page says. */
class HelpExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("  \\$ kass (.*)");

  /** What the shell takes away: the rest of a pipe, and where output goes. */
  private static final Pattern SHELL = Pattern.compile("\\s*(\\||>|< questions\\.txt).*");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir static Path cache;

  // Made once: to read all documents for each example would take the most time.
  @TempDir static Path home;

  static Stream<String> examples() {
    return Stream.concat(
            Stream.of("kass"),
            CommandRunner.parser(new KassCommand()).getSubcommands().keySet().stream())
        .flatMap(command -> HelpPage.of(command).text().lines())
        .map(EXAMPLE::matcher)
        .filter(Matcher::matches)
        .map(example -> example.group(1))
        // The others only show where something would stand.
        .filter(example -> !example.endsWith("..."))
        .distinct();
  }

  @BeforeEach
  void write() throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put("handbook/leave.md", "# Leave\n\nMs Ito signs off the release. Ask her for leave.\n");
    files.put("handbook/logs.md", "# Logs\n\nAudit logs are kept for seven years.\n");
    files.put("handbook/手引き.md", "監査ログの保存期間は七年です。\n");
    files.put("notes/picture.txt", "\0\1\2\0\3\4\0\5\0\6");
    files.put("handbook/taxi.md", "A taxi at night needs no approval. ERR-4021 is a timeout.\n");
    files.put("handbook/call.md", "Who is on call? Mr Abe is on call this week.\n");
    files.put("notes/meeting.txt", "Tanaka did propose a second office in Kobe.\n");
    files.put("papers/one.pdf", "A paper about audit logs.\n");
    files.put("paper.pdf", "A paper about audit logs.\n");
    files.put("export.json", "{\"name\": \"audit\", \"text\": \"logs\"}\n");
    String judged =
        "{\"question\": \"Who signs?\", \"relevant\": [\"%s\"], \"answer\": \"Ms Ito\"}\n";
    files.put("questions.jsonl", judged.formatted("handbook/leave.md"));
    files.put("squad/questions.jsonl", judged.formatted("leave"));
    files.put("squad/documents.jsonl", "{\"id\": \"leave\", \"text\": \"Ms Ito signs off.\"}\n");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = home.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    assertThat(cli().run("ingest", "handbook", "notes").code()).isEqualTo(5);
    try (Backend backend =
        new EmbeddedBackendFactory(cache.resolve("kass/assets"))
            .create(
                ConfigSection.empty("embedded"),
                new BackendContext(
                    InstantSource.system(),
                    Telemetry.none(),
                    home.resolve(".local/share/kass"),
                    KassSettings.DEFAULTS.chunkers().id(),
                    true))) {
      for (String user : List.of("local", "mari")) {
        backend
            .conversations()
            .append(
                TestScopes.scope(),
                new Turn(
                    user,
                    new ConversationId(user.equals("local") ? "cli-0123456789abcdef" : user),
                    new UserId(user),
                    "question",
                    "answer",
                    Instant.EPOCH,
                    Metadata.EMPTY));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void works(String example) throws IOException {
    String command = SHELL.matcher(example).replaceFirst("");
    List<String> words = words(command);
    boolean confirms = command.contains("erase") && !command.contains("--yes");

    Cli.Result result =
        cli()
            .typing(confirms ? "y\n" : "How long are audit logs kept?\n")
            .with("TERM", "dumb")
            .atTerminal(words.contains("--json") || !command.equals(example) ? 0 : 80)
            .run(words.toArray(String[]::new));

    assertThat(result.code()).as("%s%n%s", example, result.err()).isZero();
    assertThat(result.out()).isNotBlank();
    if (words.contains("--json")) {
      for (String line : result.out().lines().toList()) {
        assertThat(new ObjectMapper().readTree(line).isObject()).isTrue();
      }
    }
  }

  /** As the shell would split and expand them. */
  private List<String> words(String command) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      String plain = word.group(3);
      if (plain == null) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      } else {
        words.add(plain.replace("*.pdf", "one.pdf").replace("~", home.toString()));
      }
    }
    return words;
  }

  private Cli cli() {
    return new Cli(home).with("XDG_CACHE_HOME", cache.toString());
  }
}
