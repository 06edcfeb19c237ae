package io.kass.local.chat;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ollama's {@code /api/chat}: a JSON value a line, calls whole and as objects, what was counted in
 * the line that says {@code done}, and errors as {@code {"error": text}}, alone or as a line of a
 * stream.
 *
 * @see <a href="https://docs.ollama.com/api/chat">the reference</a>
 * @see <a href="https://docs.ollama.com/api/streaming">streams</a>
 * @see <a href="https://docs.ollama.com/api/errors">errors</a>
 */
final class OllamaWire implements Wire {
  private static final Set<String> KNOWN =
      Set.of("model", "messages", "tools", "stream", "think", "options");

  @Override
  public ChatConfig.Provider provider() {
    return ChatConfig.Provider.OLLAMA;
  }

  @Override
  public String path() {
    return "";
  }

  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public String stream(ChatReply reply) {
    var stream = new StringBuilder();
    String text = reply.message().text();
    for (int from = 0; from < text.length(); ) {
      int to = text.offsetByCodePoints(from, Math.min(5, text.codePointCount(from, text.length())));
      stream.append(text(text.substring(from, to)));
      from = to;
    }
    for (ToolCall call : reply.message().calls()) {
      stream.append(line(Map.of("message", message("", List.of(call(call))))));
    }
    return stream
        .append(
            done(
                reply.stop() instanceof StopReason.MaxTokens ? "length" : "stop",
                reply.usage().cachedInput() + reply.usage().input(),
                reply.usage().output()))
        .toString();
  }

  @Override
  public String text(String piece) {
    return line(Map.of("message", message(piece, List.of())));
  }

  static String done(String reason, long input, long output) {
    return line(
        Map.of(
            "message", message("", List.of()),
            "done", Json.of(true),
            "done_reason", Json.of(reason),
            "total_duration", Json.of(5_191_566_416L),
            "prompt_eval_count", Json.of(input),
            "eval_count", Json.of(output)));
  }

  static String line(Map<String, Json> members) {
    var line = new LinkedHashMap<String, Json>();
    line.put("model", Json.of("a-model"));
    line.put("created_at", Json.of("2026-01-01T00:00:00.000001Z"));
    line.put("done", Json.of(false));
    line.putAll(members);
    return new Json.Obj(line).canonical() + "\n";
  }

  static Json message(String text, List<Json> calls) {
    var message = new LinkedHashMap<String, Json>();
    message.put("role", Json.of("assistant"));
    message.put("content", Json.of(text));
    if (!calls.isEmpty()) {
      message.put("tool_calls", new Json.Array(calls));
    }
    return new Json.Obj(message);
  }

  static Json call(ToolCall call) {
    var function =
        new Json.Obj(Map.of("name", Json.of(call.name()), "arguments", call.arguments()));
    return call.id().isEmpty()
        ? new Json.Obj(Map.of("function", function))
        : new Json.Obj(Map.of("id", Json.of(call.id()), "function", function));
  }

  @Override
  public String brokenBy(String message) {
    return error(500, message) + "\n";
  }

  @Override
  public String throttled() {
    return "{\"error\": {\"message\": \"slow down\", \"code\": 429}}\n"; // only where it is hosted
  }

  @Override
  public String error(int status, String message) {
    return "{\"error\":\"" + message + "\"}";
  }

  @Override
  public int refusedKeyStatus() {
    return 401;
  }

  @Override
  public String refusedKey(String message) {
    return error(401, "unauthorized " + message);
  }

  @Override
  public String tooLong() {
    return error(400, "the prompt exceeds the available context size");
  }

  @Override
  public List<String> violations(FakeChatServer.Request request) {
    var violations = new ArrayList<String>();
    require(violations, request.head().equals("POST /api/chat HTTP/1.1"), request.head());
    require(
        violations,
        "application/json".equals(request.headers().get("content-type")),
        "says it is JSON");
    Json body = Json.parse(request.body());
    require(
        violations,
        body instanceof Json.Obj object && KNOWN.containsAll(object.members().keySet()),
        "has known members: " + body);
    require(violations, Members.text(body, "model").equals("a-model"), "names the model");
    require(violations, Members.number(body, "options", "num_predict") > 0, "has a limit");
    require(violations, Members.number(body, "options", "num_ctx") >= 8_192, "has a window");
    var called = new ArrayDeque<String>();
    for (Json message : Members.items(body, "messages")) {
      require(violations, Members.at(message, "content") instanceof Json.Text, "has a text");
      if (Members.text(message, "role").equals("tool")) {
        require(
            violations,
            Members.text(message, "tool_name").equals(called.poll()),
            "outcomes follow calls");
      } else {
        require(violations, called.isEmpty(), "every call has its outcome");
      }
      for (Json call : Members.items(message, "tool_calls")) {
        require(
            violations,
            Members.at(call, "function", "arguments") instanceof Json.Obj,
            "arguments are an object");
        called.add(Members.text(call, "function", "name"));
      }
    }
    return violations;
  }

  private static void require(List<String> violations, boolean holds, String rule) {
    if (!holds) {
      violations.add(rule);
    }
  }
}
