package io.kass.local.chat;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a reply together from the chunks of a stream, or from one whole answer. Not thread-safe.
 *
 * <p>Calls come in pieces that name their place among the calls. Some servers leave the place out,
 * or give each call the same one; then a new id begins a new call.
 */
final class OpenAiReply implements Reply {
  private final PartialReply partial;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Long, Call> callsByPlace = new HashMap<>();
  private String finish = "";

  private static final class Call {
    private final String id;
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    private Call(String id) {
      this.id = id;
    }
  }

  OpenAiReply(ChatListener listener) {
    this.partial = new PartialReply(listener);
  }

  @Override
  public void add(Json chunk) {
    count(Members.at(chunk, "usage"));
    count(Members.at(chunk, "x_groq", "usage")); // Groq's own place for it
    for (Json choice : Members.items(chunk, "choices")) {
      if (Members.number(choice, "index") == 0) {
        Json delta = Members.at(choice, "delta");
        addMessage(delta == null ? Members.at(choice, "message") : delta);
        String reason = Members.text(choice, "finish_reason");
        finish = reason.isEmpty() ? finish : reason;
      }
    }
  }

  private void count(@Nullable Json used) {
    if (used instanceof Json.Obj) {
      partial.count(
          Members.number(used, "prompt_tokens"),
          Members.number(used, "prompt_tokens_details", "cached_tokens"),
          Members.number(used, "completion_tokens"));
    }
  }

  @Override
  public boolean isFinished() {
    return !finish.isEmpty();
  }

  /** What was used comes after the reason to stop, and then {@code [DONE]}. */
  @Override
  public boolean isComplete() {
    return false;
  }

  private void addMessage(@Nullable Json message) {
    partial.tell(content(Members.at(message, "content")));
    partial.tell(Members.text(message, "refusal"));
    Members.items(message, "tool_calls").forEach(this::addCall);
  }

  private static String content(@Nullable Json content) {
    if (content instanceof Json.Array parts) {
      var together = new StringBuilder();
      parts.items().forEach(part -> together.append(Members.text(part, "text")));
      return together.toString();
    }
    return Members.text(content);
  }

  private void addCall(Json piece) {
    Call call = call(piece);
    String name = Members.text(piece, "function", "name");
    if (call.name.isEmpty()) {
      call.name = name;
    }
    Json arguments = Members.at(piece, "function", "arguments");
    call.arguments.append(
        arguments instanceof Json.Obj whole ? whole.canonical() : Members.text(arguments));
  }

  private Call call(Json piece) {
    String id = Members.text(piece, "id");
    Call known =
        Members.at(piece, "index") instanceof Json.Int(long place)
            ? callsByPlace.get(place)
            : calls.isEmpty() ? null : calls.getLast();
    if (known != null && (id.isEmpty() || id.equals(known.id))) {
      return known;
    }
    var call = new Call(id.isEmpty() ? "call_" + (calls.size() + 1) : id);
    calls.add(call);
    callsByPlace.put(Members.number(piece, "index"), call);
    return call;
  }

  @Override
  public ChatReply build() {
    return partial.build(stopReason(), readCalls());
  }

  private StopReason stopReason() {
    return switch (finish) {
      case "", "stop", "eos", "eos_token", "end_turn" -> new StopReason.EndTurn();
      case "tool_calls", "function_call", "tool_use" -> new StopReason.ToolUse();
      case "length", "max_tokens", "model_length" -> new StopReason.MaxTokens();
      case "stop_sequence" -> new StopReason.StopSequence();
      case "content_filter" -> new StopReason.ContentFiltered();
      default -> new StopReason.Other(finish);
    };
  }

  /** The calls, or null when one cannot be read. */
  private @Nullable List<ToolCall> readCalls() {
    var read = new ArrayList<ToolCall>();
    for (Call call : calls) {
      Json.Obj arguments = arguments(call.arguments.toString());
      if (call.name.isBlank() || arguments == null) {
        return null;
      }
      read.add(new ToolCall(call.id, call.name, arguments));
    }
    return read;
  }

  /** Calls without arguments come with an empty text. */
  private static Json.@Nullable Obj arguments(String text) {
    try {
      Json arguments = text.isBlank() ? new Json.Obj(Map.of()) : Json.parse(text);
      return arguments instanceof Json.Obj object ? object : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
