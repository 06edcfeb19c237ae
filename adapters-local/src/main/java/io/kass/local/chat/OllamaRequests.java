package io.kass.local.chat;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.FromUser;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatMessage.ToolResult;
import io.kass.ports.chat.ChatMessage.ToolResults;
import io.kass.ports.chat.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests as Ollama's {@code /api/chat} takes them. */
final class OllamaRequests {
  /**
   * The least window that is asked for, in tokens. Ollama's own may be 4,096, and it cuts what does
   * not fit without a word. One for all usual requests, since another one loads the model anew.
   */
  private static final int LEAST_WINDOW = 8_192;

  /** More than this no machine gives to one model; and it keeps the sum in range. */
  private static final int MOST_WINDOW = 1 << 20;

  /** A token is hardly ever less than this many bytes of UTF-8, in any language. */
  private static final int BYTES_A_TOKEN = 3;

  private OllamaRequests() {}

  /** The body of a request for a streamed reply. */
  static String body(String model, ChatRequest request) {
    var body = new LinkedHashMap<String, Json>();
    body.put("model", Json.of(model));
    var messages = new Json.Array(messages(request));
    body.put("messages", messages);
    var tools = new Json.Array(request.tools().stream().map(OpenAiRequests::tool).toList());
    if (!request.tools().isEmpty()) {
      body.put("tools", tools);
    }
    body.put("stream", Json.of(true));
    // Thoughts would come first, be shown to nobody, and leave no room for the reply.
    body.put("think", Json.of(false));
    body.put(
        "options",
        new Json.Obj(
            Map.of(
                "num_predict", Json.of(request.maxOutputTokens()),
                "temperature", Json.of(request.temperature()),
                "num_ctx", Json.of(window(messages, tools, request.maxOutputTokens())))));
    return new Json.Obj(body).canonical();
  }

  /** Doubled until request and reply fit. */
  private static int window(Json messages, Json tools, int output) {
    long bytes = utf8(messages) + utf8(tools);
    long wanted = bytes / BYTES_A_TOKEN + output;
    int window = LEAST_WINDOW;
    while (window < wanted && window < MOST_WINDOW) {
      window *= 2;
    }
    return window;
  }

  private static long utf8(Json value) {
    return value.canonical().getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<Json> messages(ChatRequest request) {
    var messages = new ArrayList<Json>();
    var names = new HashMap<String, String>();
    if (!request.system().isEmpty()) {
      messages.add(message("system", request.system(), Map.of()));
    }
    for (ChatMessage message : request.messages()) {
      switch (message) {
        case FromUser(String text) -> messages.add(message("user", text, Map.of()));
        case FromModel(String text, List<ToolCall> calls) -> {
          calls.forEach(call -> names.put(call.id(), call.name()));
          messages.add(message("assistant", text, calls(calls)));
        }
        case ToolResults(List<ToolResult> results) ->
            results.forEach(
                result -> messages.add(result(result, names.getOrDefault(result.id(), ""))));
      }
    }
    return messages;
  }

  private static Json message(String role, String text, Map<String, Json> more) {
    var message = new LinkedHashMap<String, Json>();
    message.put("role", Json.of(role));
    message.put("content", Members.sendable(text));
    message.putAll(more);
    return new Json.Obj(message);
  }

  private static Map<String, Json> calls(List<ToolCall> calls) {
    return calls.isEmpty()
        ? Map.of()
        : Map.of("tool_calls", new Json.Array(calls.stream().map(OllamaRequests::call).toList()));
  }

  private static Json call(ToolCall call) {
    Json function =
        new Json.Obj(Map.of("name", Members.sendable(call.name()), "arguments", call.arguments()));
    return new Json.Obj(Map.of("id", Members.sendable(call.id()), "function", function));
  }

  /** Older servers tell results apart by the tool's name, newer ones by the call's id. */
  private static Json result(ToolResult result, String name) {
    return message(
        "tool",
        result.success() ? result.text() : "Error: " + result.text(),
        Map.of(
            "tool_name", Members.sendable(name),
            "tool_call_id", Members.sendable(result.id())));
  }
}
