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
import io.kass.ports.tool.ToolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Requests as Gemini's {@code generateContent} takes them. */
final class GeminiRequests {
  /** From 2.5 on they think unless told otherwise, and cannot all be told. */
  private static final Pattern THINKING = Pattern.compile("gemini-(2\\.5|[3-9]|flash|pro).*");

  private GeminiRequests() {}

  /** The body of a request to this model. */
  static String body(String model, ChatRequest request) {
    int room = THINKING.matcher(model).matches() ? ChatProtocol.ROOM_FOR_THOUGHTS : 0;
    var body = new LinkedHashMap<String, Json>();
    if (!request.system().isEmpty()) {
      body.put("systemInstruction", object("parts", array(text(request.system()))));
    }
    body.put("contents", new Json.Array(contents(request.messages())));
    if (!request.tools().isEmpty()) {
      List<Json> tools = request.tools().stream().map(GeminiRequests::tool).toList();
      body.put("tools", array(object("functionDeclarations", new Json.Array(tools))));
    }
    body.put(
        "generationConfig",
        new Json.Obj(
            Map.of(
                "maxOutputTokens", Json.of(request.maxOutputTokens() + room),
                "temperature", Json.of(request.temperature()))));
    return new Json.Obj(body).canonical();
  }

  private static List<Json> contents(List<ChatMessage> messages) {
    var contents = new ArrayList<Json>();
    var names = new HashMap<String, String>();
    for (ChatMessage message : messages) {
      switch (message) {
        case FromUser(String text) -> contents.add(content("user", List.of(text(text))));
        case FromModel(String text, List<ToolCall> calls) -> {
          calls.forEach(call -> names.put(call.id(), call.name()));
          contents.add(content("model", parts(text, calls)));
        }
        case ToolResults(List<ToolResult> results) ->
            contents.add(
                content(
                    "user",
                    results.stream()
                        .map(result -> result(result, names.getOrDefault(result.id(), "")))
                        .toList()));
      }
    }
    return contents;
  }

  private static Json content(String role, List<Json> parts) {
    return new Json.Obj(Map.of("role", Json.of(role), "parts", new Json.Array(parts)));
  }

  private static List<Json> parts(String text, List<ToolCall> calls) {
    var parts = new ArrayList<Json>();
    if (!text.isEmpty() || calls.isEmpty()) {
      parts.add(text(text));
    }
    calls.forEach(call -> parts.add(call(call)));
    return parts;
  }

  private static Json call(ToolCall call) {
    GeminiCallId id = GeminiCallId.read(call.id());
    var function = new LinkedHashMap<String, Json>();
    function.put("name", Members.sendable(call.name()));
    function.put("args", call.arguments());
    if (!id.given().isEmpty()) {
      function.put("id", Members.sendable(id.given()));
    }
    var part = new LinkedHashMap<String, Json>();
    part.put("functionCall", new Json.Obj(function));
    if (!id.signature().isEmpty()) {
      part.put("thoughtSignature", Members.sendable(id.signature()));
    }
    return new Json.Obj(part);
  }

  /** The protocol's own words for an outcome and for a failure. */
  private static Json result(ToolResult result, String name) {
    GeminiCallId id = GeminiCallId.read(result.id());
    var function = new LinkedHashMap<String, Json>();
    function.put("name", Members.sendable(name));
    function.put(
        "response", object(result.success() ? "output" : "error", Members.sendable(result.text())));
    if (!id.given().isEmpty()) {
      function.put("id", Members.sendable(id.given()));
    }
    return object("functionResponse", new Json.Obj(function));
  }

  /** {@code parameters} would take only a part of OpenAPI's schemas. */
  private static Json tool(ToolSpec tool) {
    return new Json.Obj(
        Map.of(
            "name", Json.of(tool.name()),
            "description", Members.sendable(tool.description()),
            "parametersJsonSchema", tool.input()));
  }

  private static Json text(String text) {
    return object("text", Members.sendable(text));
  }

  private static Json array(Json item) {
    return new Json.Array(List.of(item));
  }

  private static Json object(String name, Json value) {
    return new Json.Obj(Map.of(name, value));
  }
}
