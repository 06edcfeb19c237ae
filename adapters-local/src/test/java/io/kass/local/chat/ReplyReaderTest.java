package io.kass.local.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.secret.Secret;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
  private static final ChatConfig CONFIG =
      new ChatConfig(
          ChatConfig.Provider.OPENAI,
          URI.create("http://localhost:1"),
          "a-model",
          Secret.NONE,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private static final ChatProtocol PROTOCOL = ChatProtocol.of(CONFIG);
  private static final ChatErrors ERRORS =
      new ChatErrors(CONFIG, PROTOCOL.endpoint(), InstantSource.system());

  static Stream<Arguments> finishReasons() {
    return Stream.of(
        Arguments.of("stop", new StopReason.EndTurn()),
        Arguments.of("eos", new StopReason.EndTurn()),
        Arguments.of("length", new StopReason.MaxTokens()),
        Arguments.of("stop_sequence", new StopReason.StopSequence()),
        Arguments.of("content_filter", new StopReason.ContentFiltered()),
        Arguments.of(
            "insufficient_system_resource", new StopReason.Other("insufficient_system_resource")),
        Arguments.of("tool_calls", new StopReason.MalformedToolUse())); // there is none
  }

  @Tag("B1")
  @ParameterizedTest
  @MethodSource("finishReasons")
  void knowsEveryReasonToStop(String reason, StopReason stop) {
    assertThat(read(Chunks.text("Once") + Chunks.finish(reason) + Chunks.DONE))
        .isEqualTo(new ChatReply(new FromModel("Once", List.of()), stop, TokenUsage.NONE));
  }

  @Tag("B1")
  @ParameterizedTest
  @ValueSource(strings = {"length", "content_filter", "something new"})
  void neverReturnsCallsOfAnIncompleteReply(String reason) {
    ChatReply reply =
        read(Chunks.call(0, "a", "delete", "{\"all\":true}") + Chunks.finish(reason) + Chunks.DONE);

    assertThat(reply.message().calls()).isEmpty();
    assertThat(reply.stop()).isNotInstanceOfAny(StopReason.ToolUse.class, StopReason.EndTurn.class);
  }

  @Tag("B1")
  @ParameterizedTest
  @ValueSource(strings = {"{\"q\": \"cut", "[1]", "\"text\"", "{\"a\":1,\"a\":2}", "nonsense"})
  void saysWhenACallCannotBeRead(String arguments) {
    ChatReply reply =
        read(
            Chunks.call(0, "a", "search", "{}")
                + Chunks.call(1, "b", "search", arguments)
                + Chunks.finish("tool_calls")
                + Chunks.DONE);

    assertThat(reply.stop()).isEqualTo(new StopReason.MalformedToolUse());
    assertThat(reply.message().calls()).isEmpty();
  }

  @Test
  void saysWhenACallHasNoName() {
    assertThat(read(Chunks.call(0, "a", "", "{}") + Chunks.finish("tool_calls")).stop())
        .isEqualTo(new StopReason.MalformedToolUse());
  }

  @Test
  void putsParallelCallsTogetherWhosePiecesComeMixed() {
    ChatReply reply =
        read(
            Chunks.call(0, "a", "search", "")
                + Chunks.call(1, "b", "read", "{\"page")
                + Chunks.call(0, "", "", "{\"q\":")
                + Chunks.call(1, "", "", "\":7}")
                + Chunks.call(0, "", "", "\"x\"}")
                + Chunks.finish("tool_calls")
                + Chunks.DONE);

    assertThat(reply.message().calls())
        .containsExactly(
            new ToolCall("a", "search", new Json.Obj(Map.of("q", Json.of("x")))),
            new ToolCall("b", "read", new Json.Obj(Map.of("page", Json.of(7)))));
    assertThat(reply.stop()).isEqualTo(new StopReason.ToolUse());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void tellsCallsApartByTheirIdsWhereTheirPlacesAreWrongOrMissing(int index) {
    ChatReply reply =
        read(
            Chunks.call(index, "a", "search", "{\"q\":")
                + Chunks.call(index, "", "", "1}")
                + Chunks.call(index, "b", "search", "{\"q\":2}")
                + Chunks.finish("stop")
                + Chunks.DONE);

    assertThat(reply.message().calls())
        .containsExactly(
            new ToolCall("a", "search", new Json.Obj(Map.of("q", Json.of(1)))),
            new ToolCall("b", "search", new Json.Obj(Map.of("q", Json.of(2)))));
    assertThat(reply.stop()).isEqualTo(new StopReason.ToolUse());
  }

  @Test
  void givesCallsWithoutIdsTheirOwn() {
    ChatReply reply =
        read(
            Chunks.call(0, "", "search", "{}")
                + Chunks.call(1, "", "search", "")
                + Chunks.finish("tool_calls"));

    assertThat(reply.message().calls())
        .extracting(ToolCall::id)
        .containsExactly("call_1", "call_2");
  }

  @Test
  void takesArgumentsThatAreAnObject() {
    String chunk =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\","
            + "\"function\":{\"name\":\"search\",\"arguments\":{\"q\":1}}}]}}]}\n\n";

    assertThat(read(chunk + Chunks.finish("tool_calls")).message().calls())
        .containsExactly(new ToolCall("a", "search", new Json.Obj(Map.of("q", Json.of(1)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void readsWhatWasUsedFromTheLastChunk(String choices) {
    String usage =
        "data: {\"choices\":%s,\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":100}}}\n\n"
            .formatted(choices);

    assertThat(read(Chunks.text("x") + Chunks.finish("stop") + usage + Chunks.DONE).usage())
        .isEqualTo(new TokenUsage(100, 20, 7));
  }

  @Test
  void passesOverWhatIsNotTheReply() {
    String thoughts =
        "data:"
            + " {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hmm\",\"content\":null}}]}\n\n";
    String other = "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"No.\"}}]}\n\n";
    String filters = "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n";
    String unused = "event: ping\nid: 1\nretry: 10\n: keep-alive\n\ndata:\n\n";

    assertThat(
            read(
                filters
                    + thoughts
                    + unused
                    + Chunks.text("Yes.")
                    + other
                    + Chunks.finish("stop")
                    + Chunks.DONE
                    + Chunks.text("after the end")))
        .isEqualTo(
            new ChatReply(
                new FromModel("Yes.", List.of()), new StopReason.EndTurn(), TokenUsage.NONE));
  }

  @Test
  void readsTextInParts() {
    String parts =
        "data:"
            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"Yes\"},{\"type\":\"text\",\"text\":\".\"}]}}]}\n\n";

    assertThat(read(parts + Chunks.finish("stop")).message().text()).isEqualTo("Yes.");
  }

  @Test
  void readsARefusalAsText() {
    String refusal = "data: {\"choices\":[{\"index\":0,\"delta\":{\"refusal\":\"I can't.\"}}]}\n\n";

    assertThat(read(refusal + Chunks.finish("stop")).message().text()).isEqualTo("I can't.");
  }

  @Test
  void needsNoEndButAReasonToStop() {
    String cut = Chunks.text("Yes.") + Chunks.finish("stop").stripTrailing();

    assertThat(read(cut).message().text()).isEqualTo("Yes.");
    assertThatThrownBy(() -> read(Chunks.text("Yes."))).isInstanceOf(Unavailable.class);
  }

  @Test
  void needsNoReasonToStopButAnEnd() {
    assertThat(read(Chunks.text("Yes.") + "data: [DONE]").stop())
        .isEqualTo(new StopReason.EndTurn());
  }

  @Test
  void refusesAnEndlessLine() {
    var reader = new ReplyReader(PROTOCOL, ERRORS, piece -> {});
    byte[] part = "data: ".repeat(200_000).getBytes(UTF_8);

    assertThatThrownBy(
            () -> {
              while (true) {
                reader.read(ByteBuffer.wrap(part));
              }
            })
        .isInstanceOf(Misconfigured.class);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void readsTheSameHoweverTheBytesAreCut(
      @ForAll("replies") ChatReply reply,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 60) Integer> cuts,
      @ForAll("lineEnds") String lineEnd,
      @ForAll boolean mark) {
    var heard = new StringBuilder();
    var reader = new ReplyReader(PROTOCOL, ERRORS, heard::append);
    String stream = (mark ? "\ufeff" : "") + Chunks.of(reply).replace("\n", lineEnd);
    ByteBuffer bytes = ByteBuffer.wrap(stream.getBytes(UTF_8));
    int next = 0;
    while (bytes.hasRemaining()) {
      int length = cuts.isEmpty() ? 1_000 : cuts.get(next++ % cuts.size());
      ByteBuffer part = bytes.slice(bytes.position(), Math.min(length, bytes.remaining()));
      bytes.position(bytes.position() + part.remaining());
      reader.read(part);
    }

    assertThat(reader.end()).isEqualTo(reply);
    assertThat(heard).hasToString(reply.message().text());
  }

  @Provide
  Arbitrary<ChatReply> replies() {
    Arbitrary<String> texts =
        Arbitraries.strings()
            .withChars("aé日\n\r\" \\:{}")
            .withChars('\u2028', '\u0000')
            .ofMaxLength(40)
            .map(text -> text.replace("d", "😀"));
    Arbitrary<ToolCall> calls =
        texts.map(t -> new ToolCall("", "tool", new Json.Obj(Map.of("text", Json.of(t)))));
    return Combinators.combine(texts, calls.list().ofMaxSize(3))
        .as((text, list) -> {
          var numbered = new ArrayList<ToolCall>();
          for (ToolCall call : list) {
            numbered.add(new ToolCall("id" + numbered.size(), call.name(), call.arguments()));
          }
          return new ChatReply(
              new FromModel(text, numbered),
              numbered.isEmpty() ? new StopReason.EndTurn() : new StopReason.ToolUse(),
              new TokenUsage(1, 2, 3));
        });
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n", "\r");
  }

  private static ChatReply read(String stream) {
    var reader = new ReplyReader(PROTOCOL, ERRORS, piece -> {});
    reader.read(ByteBuffer.wrap(stream.getBytes(UTF_8)));
    return reader.end();
  }
}
