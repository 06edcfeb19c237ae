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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests as the protocol writes them. */
final class OpenAiRequests {
  private OpenAiRequests() {}

  /** The body of a request for a streamed reply. */
  static String body(String model, ChatRequest request, OpenAiDialect dialect) {
    var body = new LinkedHashMap<String, Json>();
    body.put("model", Json.of(model));
    body.put("messages", new Json.Array(messages(request)));
    if (!request.tools().isEmpty()) {
      body.put(
          "tools", new Json.Array(request.tools().stream().map(OpenAiRequests::tool).toList()));
    }
    if (dialect.maxCompletionTokens()) {
      int most = request.maxOutputTokens() + ChatProtocol.ROOM_FOR_THOUGHTS;
      body.put("max_completion_tokens", Json.of(most));
    } else {
      body.put("max_tokens", Json.of(request.maxOutputTokens()));
    }
    if (dialect.temperature()) {
      body.put("temperature", Json.of(request.temperature()));
    }
    body.put("stream", Json.of(true));
    if (dialect.streamOptions()) {
      body.put("stream_options", object("include_usage", Json.of(true)));
    }
    return new Json.Obj(body).canonical();
  }

  private static List<Json> messages(ChatRequest request) {
    var messages = new ArrayList<Json>();
    if (!request.system().isEmpty()) {
      messages.add(message("system", request.system()));
    }
    for (ChatMessage message : request.messages()) {
      switch (message) {
        case FromUser(String text) -> messages.add(message("user", text));
        case FromModel fromModel -> messages.add(fromModel(fromModel));
        case ToolResults(List<ToolResult> results) ->
            results.forEach(result -> messages.add(result(result)));
      }
    }
    return messages;
  }

  private static Json message(String role, String text) {
    return new Json.Obj(Map.of("role", Json.of(role), "content", Members.sendable(text)));
  }

  private static Json fromModel(FromModel message) {
    if (message.calls().isEmpty()) {
      return message("assistant", message.text());
    }
    List<Json> calls = message.calls().stream().map(OpenAiRequests::call).toList();
    return new Json.Obj(
        Map.of(
            "role", Json.of("assistant"),
            "content", Members.sendable(message.text()),
            "tool_calls", new Json.Array(calls)));
  }

  private static Json call(ToolCall call) {
    Json function =
        new Json.Obj(
            Map.of(
                "name",
                Members.sendable(call.name()),
                "arguments",
                Members.sendable(call.arguments().canonical())));
    return new Json.Obj(
        Map.of(
            "id", Members.sendable(call.id()), "type", Json.of("function"), "function", function));
  }

  /** The protocol has no place for failure, so the text says it. */
  private static Json result(ToolResult result) {
    return new Json.Obj(
        Map.of(
            "role", Json.of("tool"),
            "tool_call_id", Members.sendable(result.id()),
            "content",
                Members.sendable(result.success() ? result.text() : "Error: " + result.text())));
  }

  /** A tool; Ollama takes it so too. */
  static Json tool(ToolSpec tool) {
    Json function =
        new Json.Obj(
            Map.of(
                "name", Json.of(tool.name()),
                "description", Members.sendable(tool.description()),
                "parameters", tool.input()));
    return new Json.Obj(Map.of("type", Json.of("function"), "function", function));
  }

  private static Json object(String name, Json value) {
    return new Json.Obj(Map.of(name, value));
  }
}
