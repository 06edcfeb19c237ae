package io.kass.local.chat;

import io.kass.ports.Json;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replies as servers stream them. */
final class Chunks {
  static final String DONE = "data: [DONE]\n\n";
  static final Json NO_CHOICES = new Json.Array(List.of());

  private Chunks() {}

  /** A whole reply: role, text in pieces, calls in pieces, finish, usage, the end. */
  static String of(ChatReply reply) {
    var stream = new StringBuilder(delta(Map.of("role", Json.of("assistant"))));
    String text = reply.message().text();
    for (int from = 0; from < text.length(); ) {
      int to = text.offsetByCodePoints(from, Math.min(7, text.codePointCount(from, text.length())));
      stream.append(text(text.substring(from, to)));
      from = to;
    }
    List<ToolCall> calls = reply.message().calls();
    for (int i = 0; i < calls.size(); i++) {
      ToolCall call = calls.get(i);
      String arguments = call.arguments().canonical();
      int half = arguments.length() / 2;
      stream.append(call(i, call.id(), call.name(), ""));
      stream.append(call(i, "", "", arguments.substring(0, half)));
      stream.append(call(i, "", "", arguments.substring(half)));
    }
    stream.append(finish(finishReason(reply.stop())));
    if (!reply.usage().equals(TokenUsage.NONE)) {
      stream.append(usage(reply.usage()));
    }
    return stream.append(DONE).toString();
  }

  static String text(String text) {
    return delta(Map.of("content", Json.of(text)));
  }

  /** A piece of a call; what is empty is left out. */
  static String call(int index, String id, String name, String arguments) {
    var function = new LinkedHashMap<String, Json>();
    if (!name.isEmpty()) {
      function.put("name", Json.of(name));
    }
    function.put("arguments", Json.of(arguments));
    var call = new LinkedHashMap<String, Json>();
    if (index >= 0) {
      call.put("index", Json.of(index));
    }
    if (!id.isEmpty()) {
      call.put("id", Json.of(id));
      call.put("type", Json.of("function"));
    }
    call.put("function", new Json.Obj(function));
    return delta(Map.of("tool_calls", new Json.Array(List.of(new Json.Obj(call)))));
  }

  static String finish(String reason) {
    return chunk(
        Map.of(
            "index", Json.of(0),
            "delta", new Json.Obj(Map.of()),
            "finish_reason", Json.of(reason)));
  }

  static String delta(Map<String, Json> delta) {
    return chunk(
        Map.of(
            "index", Json.of(0),
            "delta", new Json.Obj(delta),
            "finish_reason", new Json.Null()));
  }

  private static String chunk(Map<String, Json> choice) {
    return event(Map.of("choices", new Json.Array(List.of(new Json.Obj(choice)))));
  }

  static String usage(TokenUsage usage) {
    return event(Map.of("choices", NO_CHOICES, "usage", usageObject(usage)));
  }

  static Json usageObject(TokenUsage usage) {
    return new Json.Obj(
        Map.of(
            "prompt_tokens",
            Json.of(usage.cachedInput() + usage.input()),
            "completion_tokens",
            Json.of(usage.output()),
            "prompt_tokens_details",
            new Json.Obj(Map.of("cached_tokens", Json.of(usage.cachedInput())))));
  }

  static String event(Map<String, Json> members) {
    var chunk = new LinkedHashMap<String, Json>();
    chunk.put("id", Json.of("chatcmpl-1"));
    chunk.put("object", Json.of("chat.completion.chunk"));
    chunk.put("created", Json.of(1_767_225_600));
    chunk.put("model", Json.of("a-model"));
    chunk.putAll(members);
    return "data: " + new Json.Obj(chunk).canonical() + "\n\n";
  }

  private static String finishReason(StopReason reason) {
    return switch (reason) {
      case StopReason.EndTurn() -> "stop";
      case StopReason.ToolUse() -> "tool_calls";
      case StopReason.MaxTokens() -> "length";
      case StopReason.ContentFiltered() -> "content_filter";
      case StopReason.Other(String name) -> name;
      case StopReason.StopSequence s -> throw noWord(s);
      case StopReason.GuardrailIntervened g -> throw noWord(g);
      case StopReason.MalformedToolUse m -> throw noWord(m);
      case StopReason.MalformedOutput m -> throw noWord(m);
      case StopReason.ContextWindowExceeded c -> throw noWord(c);
    };
  }

  private static IllegalArgumentException noWord(StopReason reason) {
    return new IllegalArgumentException("the protocol has no word for " + reason);
  }
}
