package io.kass.local.chat;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gemini's {@code streamGenerateContent?alt=sse}: requests and messages are as its reference says;
 * that lines end with CR and LF, that calls come whole, and that a failure may come as a message,
 * is what clients of it record. Errors are Google's usual ones, {@code google.rpc.Status} in JSON.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">the reference</a>
 * @see <a href="https://ai.google.dev/gemini-api/docs/troubleshooting">errors</a>
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">thought signatures</a>
 */
final class GeminiWire implements Wire {
  private static final Set<String> KNOWN =
      Set.of("systemInstruction", "contents", "tools", "generationConfig");

  @Override
  public ChatConfig.Provider provider() {
    return ChatConfig.Provider.GEMINI;
  }

  @Override
  public String path() {
    return "/v1beta";
  }

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public String stream(ChatReply reply) {
    var stream = new StringBuilder();
    String text = reply.message().text();
    for (int from = 0; from < text.length(); ) {
      int to = text.offsetByCodePoints(from, Math.min(9, text.codePointCount(from, text.length())));
      stream.append(text(text.substring(from, to)));
      from = to;
    }
    for (ToolCall call : reply.message().calls()) {
      stream.append(event(candidate(List.of(call(call, "")), "")));
    }
    Map<String, Json> last = new LinkedHashMap<>(candidate(List.of(part("")), name(reply.stop())));
    if (!reply.usage().equals(TokenUsage.NONE)) {
      last.put("usageMetadata", usage(reply.usage()));
    }
    return stream.append(event(last)).toString();
  }

  @Override
  public String text(String piece) {
    return event(candidate(List.of(part(piece)), ""));
  }

  @Override
  public String brokenBy(String message) {
    return "data: " + error(500, message) + "\r\n\r\n";
  }

  @Override
  public String throttled() {
    return "data: " + error(429, "slow down") + "\r\n\r\n";
  }

  @Override
  public String error(int status, String message) {
    return "{\"error\": {\"code\": %d, \"message\": \"%s\", \"status\": \"%s\"}}"
        .formatted(status, message, status == 429 ? "RESOURCE_EXHAUSTED" : "INTERNAL");
  }

  @Override
  public int refusedKeyStatus() {
    return 400;
  }

  @Override
  public String refusedKey(String message) {
    return """
    {"error": {"code": 400, "message": "API key not valid. %s", "status": "INVALID_ARGUMENT",
     "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
      "reason": "API_KEY_INVALID", "domain": "googleapis.com"}]}}
    """
        .formatted(message);
  }

  @Override
  public String tooLong() {
    return error(
        400, "The input token count (9) exceeds the maximum number of tokens allowed (8).");
  }

  static Json part(String text) {
    return new Json.Obj(Map.of("text", Json.of(text)));
  }

  static Json call(ToolCall call, String signature) {
    var function = new LinkedHashMap<String, Json>();
    function.put("name", Json.of(call.name()));
    function.put("args", call.arguments());
    if (!call.id().isEmpty()) {
      function.put("id", Json.of(call.id()));
    }
    var part = new LinkedHashMap<String, Json>();
    part.put("functionCall", new Json.Obj(function));
    if (!signature.isEmpty()) {
      part.put("thoughtSignature", Json.of(signature));
    }
    return new Json.Obj(part);
  }

  static Map<String, Json> candidate(List<Json> parts, String finish) {
    var candidate = new LinkedHashMap<String, Json>();
    candidate.put(
        "content", new Json.Obj(Map.of("role", Json.of("model"), "parts", new Json.Array(parts))));
    if (!finish.isEmpty()) {
      candidate.put("finishReason", Json.of(finish));
    }
    candidate.put("index", Json.of(0));
    return Map.of("candidates", new Json.Array(List.of(new Json.Obj(candidate))));
  }

  static String event(Map<String, Json> members) {
    var message = new LinkedHashMap<>(members);
    message.put("modelVersion", Json.of("a-model"));
    return "data: " + new Json.Obj(message).canonical() + "\r\n\r\n";
  }

  private static Json usage(TokenUsage usage) {
    return new Json.Obj(
        Map.of(
            "promptTokenCount", Json.of(usage.cachedInput() + usage.input()),
            "cachedContentTokenCount", Json.of(usage.cachedInput()),
            "candidatesTokenCount", Json.of(usage.output() - 2),
            "thoughtsTokenCount", Json.of(2)));
  }

  private static String name(StopReason reason) {
    return reason instanceof StopReason.MaxTokens ? "MAX_TOKENS" : "STOP";
  }

  @Override
  public List<String> violations(FakeChatServer.Request request) {
    var violations = new ArrayList<String>();
    require(
        violations,
        request.head().equals("POST /v1beta/models/a-model:streamGenerateContent?alt=sse HTTP/1.1"),
        "asks the model for a stream, and has no key in the address: " + request.head());
    require(
        violations,
        "application/json".equals(request.headers().get("content-type")),
        "says it is JSON");
    require(violations, request.headers().containsKey("x-goog-api-key"), "has the key");
    Json body = Json.parse(request.body());
    require(
        violations,
        body instanceof Json.Obj object && KNOWN.containsAll(object.members().keySet()),
        "has known members: " + body);
    for (Json tool : Members.items(body, "tools")) {
      for (Json function : Members.items(tool, "functionDeclarations")) {
        require(
            violations,
            Members.text(function, "name").matches("[A-Za-z_][A-Za-z0-9_.:-]{0,63}"),
            "functions have names");
        require(
            violations,
            Members.at(function, "parametersJsonSchema") instanceof Json.Obj
                && Members.at(function, "parameters") == null,
            "parameters are a JSON schema");
      }
    }
    checkContents(violations, Members.items(body, "contents"));
    return violations;
  }

  private static void checkContents(List<String> violations, List<Json> contents) {
    require(violations, !contents.isEmpty(), "has contents");
    List<String> called = List.of();
    String before = "model";
    for (Json content : contents) {
      String role = Members.text(content, "role");
      require(violations, role.equals(before.equals("user") ? "model" : "user"), "roles alternate");
      before = role;
      List<Json> parts = Members.items(content, "parts");
      require(violations, !parts.isEmpty(), "contents have parts");
      List<String> answered =
          parts.stream()
              .filter(part -> Members.at(part, "functionResponse") != null)
              .map(part -> Members.text(part, "functionResponse", "name"))
              .toList();
      require(violations, answered.equals(called), "every call has its outcome, by name");
      called =
          parts.stream()
              .filter(part -> Members.at(part, "functionCall") != null)
              .map(part -> Members.text(part, "functionCall", "name"))
              .toList();
    }
    require(violations, before.equals("user"), "the user is the last to speak");
  }

  private static void require(List<String> violations, boolean holds, String rule) {
    if (!holds) {
      violations.add(rule);
    }
  }
}
