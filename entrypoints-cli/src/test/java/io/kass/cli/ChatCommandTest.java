package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kass.ports.CallScope;
import io.kass.ports.Cancellation;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kass chat} where nobody sits at a terminal; {@link ChatTerminalTest} has the other. */
class ChatCommandTest {
  private static final String QUESTION = "The gateway waits how many seconds?\n";

  @TempDir Path home;
  private FakeParts parts = new FakeParts();

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(home.resolve("docs"));
    Files.writeString(home.resolve("docs/a.md"), "The gateway waits 8 seconds.\n");
  }

  @Test
  void answersEachLineInOneConversation() {
    Cli.Result result = cli().typing(QUESTION + "\n  \n" + QUESTION).run("chat", "--docs", "docs");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .containsPattern("(?s)The gateway waits 8 seconds.*docs/a.md:1.*docs/a.md:1")
        .doesNotContain(">");
    assertThat(result.err()).isEmpty();
    JsonNode listed = cli().run("conversations", "list", "--json").json().get("conversations");
    assertThat(listed).hasSize(1);
    Cli.Result shown = cli().run("conversations", "show", "--json", id(listed));
    assertThat(shown.json().get("messages")).hasSize(4);
  }

  @Test
  void aLineOfJsonForEachQuestion() throws IOException {
    Cli.Result result =
        cli().typing(QUESTION + "xylophone zebra\n").run("chat", "--json", "--docs", "docs");

    List<JsonNode> turns = json(result);
    assertThat(turns)
        .extracting(turn -> turn.get("outcome").asText())
        .containsExactly("given", "declined");
    assertThat(turns.get(0).at("/ingestion/indexed").asInt()).isEqualTo(1);
    assertThat(turns.get(1).has("ingestion")).isFalse();
    assertThat(turns.get(0).get("conversation")).isEqualTo(turns.get(1).get("conversation"));
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void commandsAreQuestionsWhereNobodyTypes() throws IOException {
    cli().run("ingest", "docs");
    assertThat(json(cli().typing("/quit\n" + QUESTION).run("chat", "--json"))).hasSize(2);
  }

  @Test
  void goesOnWithAConversation() throws IOException {
    String id =
        json(cli().typing(QUESTION).run("chat", "--json", "--docs", "docs"))
            .getFirst()
            .get("conversation")
            .asText();
    JsonNode turn =
        json(cli().typing(QUESTION).run("chat", "--json", "--conversation", id)).getFirst();

    assertThat(turn.get("conversation").asText()).isEqualTo(id);
    assertThat(cli().run("conversations", "show", "--json", id).json().get("messages")).hasSize(4);
  }

  @Test
  void aConversationThatIsNotThereEndsWithOne() {
    cli().run("ingest", "docs");
    Cli.Result result = cli().typing(QUESTION).run("chat", "--conversation", "nonsense");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("no conversation 'nonsense'");
  }

  @Test
  void withoutDocumentsSaysWhatToDo() {
    Cli.Result result = cli().typing(QUESTION).run("chat");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("kass chat --docs FOLDER");
  }

  @Test
  void aModelThatIsAwayIsToldForEachQuestionAndTheNextIsAsked() throws IOException {
    var asked = new ArrayList<String>();
    parts =
        new FakeParts()
            .with(
                model(request -> {
                  asked.add(request.toString());
                  throw new Unavailable("The model is away.");
                }));
    Cli.Result result = cli().typing(QUESTION + QUESTION).run("chat", "--json", "--docs", "docs");

    assertThat(json(result))
        .extracting(turn -> turn.at("/error/message").asText())
        .containsExactly("The model is away.", "The model is away.");
    assertThat(result.code()).isEqualTo(4);
    assertThat(asked).hasSize(2);
    assertThat(cli().typing(QUESTION).run("chat").err()).isEqualTo("kass: The model is away.\n");
  }

  @Test
  void aQuestionThatIsTooLongIsRefusedAndTheNextIsAsked() {
    Cli.Result result =
        cli().typing("x".repeat(40_000) + "\n" + QUESTION).run("chat", "--docs", "docs");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("40000 characters");
    assertThat(result.out()).contains("The gateway waits 8 seconds.");
  }

  @Test
  void canBeCalledOffWhileItWaitsForAQuestion() {
    cli().run("ingest", "docs");
    var cancellation = new Cancellation();
    var never = new CountDownLatch(1);
    InputStream silent =
        new InputStream() {
          @Override
          public int read() {
            return read(new byte[1], 0, 1);
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            cancellation.cancel();
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return -1;
          }
        };
    Cli.Result result = cli().reading(silent).run(cancellation, "chat");
    never.countDown();

    assertThat(result.code()).isEqualTo(130);
    assertThat(result.err()).contains("Interrupted.");
  }

  private static ChatModel model(Function<ChatRequest, ChatReply> reply) {
    return new ChatModel() {
      @Override
      public String id() {
        return "test";
      }

      @Override
      public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
        return reply.apply(request);
      }
    };
  }

  private static String id(JsonNode conversations) {
    return conversations.get(0).get("conversation").asText();
  }

  private static List<JsonNode> json(Cli.Result result) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (String line : result.out().lines().toList()) {
      nodes.add(new ObjectMapper().readTree(line));
    }
    return nodes;
  }

  private Cli cli() {
    return new Cli(home, parts);
  }
}
