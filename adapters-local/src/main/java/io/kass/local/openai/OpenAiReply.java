package io.kass.local.openai;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a reply together from the chunks of a stream, or from one whole answer. Not thread-safe.
 *
 * <p>Calls come in pieces that name their place among the calls. Some servers leave the place out,
 * or give each call the same one; then a new id begins a new call.
 */
final class OpenAiReply {
  private final ChatListener listener;
  private final StringBuilder text = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();
  private final Map<Long, Call> callsByPlace = new HashMap<>();
  private TokenUsage usage = TokenUsage.NONE;
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
    this.listener = listener;
  }

  /** Takes a chunk, and tells the listener of its text. */
  void add(Json chunk) {
    if (Members.at(chunk, "usage") instanceof Json.Obj used) {
      usage = usage(used);
    }
    for (Json choice : Members.items(chunk, "choices")) {
      if (Members.number(choice, "index") == 0) {
        Json delta = Members.at(choice, "delta");
        addMessage(delta == null ? Members.at(choice, "message") : delta);
        String reason = Members.text(choice, "finish_reason");
        finish = reason.isEmpty() ? finish : reason;
      }
    }
  }

  /** Whether the model has said why it stopped. */
  boolean isFinished() {
    return !finish.isEmpty();
  }

  private void addMessage(@Nullable Json message) {
    tell(content(Members.at(message, "content")));
    tell(Members.text(message, "refusal"));
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

  private void tell(String piece) {
    if (!piece.isEmpty()) {
      text.append(piece);
      listener.text(piece);
    }
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

  private static TokenUsage usage(Json.Obj used) {
    long input = Members.number(used, "prompt_tokens");
    long cached =
        Math.clamp(
            Members.number(used, "prompt_tokens_details", "cached_tokens"), 0, Math.max(0, input));
    return new TokenUsage(
        cached,
        Math.max(0, input - cached),
        Math.max(0, Members.number(used, "completion_tokens")));
  }

  /** The reply, when all chunks have come. */
  ChatReply build() {
    StopReason said = stopReason();
    if (!(said instanceof StopReason.EndTurn || said instanceof StopReason.ToolUse)) {
      return reply(List.of(), said); // calls of an incomplete reply may be cut, and never run
    }
    Optional<List<ToolCall>> read = readCalls();
    if (read.isEmpty() || (said instanceof StopReason.ToolUse && calls.isEmpty())) {
      return reply(List.of(), new StopReason.MalformedToolUse());
    }
    return reply(read.get(), calls.isEmpty() ? said : new StopReason.ToolUse());
  }

  private ChatReply reply(List<ToolCall> read, StopReason stop) {
    return new ChatReply(new FromModel(text.toString(), read), stop, usage);
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

  /** The calls, or empty when one cannot be read. */
  private Optional<List<ToolCall>> readCalls() {
    var read = new ArrayList<ToolCall>();
    for (Call call : calls) {
      Optional<Json.Obj> arguments = arguments(call.arguments.toString());
      if (call.name.isBlank() || arguments.isEmpty()) {
        return Optional.empty();
      }
      read.add(new ToolCall(call.id, call.name, arguments.get()));
    }
    return Optional.of(read);
  }

  /** Calls without arguments come with an empty text. */
  private static Optional<Json.Obj> arguments(String text) {
    try {
      Json arguments = text.isBlank() ? new Json.Obj(Map.of()) : Json.parse(text);
      return arguments instanceof Json.Obj object ? Optional.of(object) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
