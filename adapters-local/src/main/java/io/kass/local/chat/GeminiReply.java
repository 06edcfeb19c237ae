package io.kass.local.chat;

import io.kass.local.http.Members;
import io.kass.ports.Json;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a reply together from the messages of {@code streamGenerateContent}. Calls come whole. Not
 * thread-safe.
 */
final class GeminiReply implements Reply {
  private final PartialReply partial;
  private final List<ToolCall> calls = new ArrayList<>();
  private boolean unreadable;
  private String finish = "";
  private boolean blocked;

  GeminiReply(ChatListener listener) {
    this.partial = new PartialReply(listener);
  }

  @Override
  public void add(Json message) {
    blocked |= !Members.text(message, "promptFeedback", "blockReason").isEmpty();
    if (Members.at(message, "usageMetadata") instanceof Json.Obj used) {
      count(used);
    }
    for (Json candidate : Members.items(message, "candidates")) {
      if (Members.number(candidate, "index") == 0) {
        Members.items(candidate, "content", "parts").forEach(this::addPart);
        String reason = Members.text(candidate, "finishReason");
        finish = reason.isEmpty() ? finish : reason;
      }
    }
  }

  private void count(Json.Obj used) {
    partial.count(
        Members.number(used, "promptTokenCount") + Members.number(used, "toolUsePromptTokenCount"),
        Members.number(used, "cachedContentTokenCount"),
        Members.number(used, "candidatesTokenCount") + Members.number(used, "thoughtsTokenCount"));
  }

  private void addPart(Json part) {
    Json call = Members.at(part, "functionCall");
    if (call instanceof Json.Obj) {
      addCall(call, Members.text(part, "thoughtSignature"));
    } else if (!(Members.at(part, "thought") instanceof Json.Bool(boolean isThought)
        && isThought)) {
      partial.tell(Members.text(part, "text"));
    }
  }

  private void addCall(Json call, String signature) {
    String name = Members.text(call, "name");
    Json arguments = Members.at(call, "args");
    if (name.isBlank() || !(arguments == null || arguments instanceof Json.Obj)) {
      unreadable = true;
      return;
    }
    var id = new GeminiCallId(Members.text(call, "id"), signature);
    calls.add(
        new ToolCall(
            id.written(calls.size() + 1),
            name,
            arguments instanceof Json.Obj object ? object : new Json.Obj(Map.of())));
  }

  @Override
  public boolean isFinished() {
    return blocked || !finish.isEmpty();
  }

  /** A stream goes on after a reason to stop, and ends with its last message. */
  @Override
  public boolean isComplete() {
    return false;
  }

  @Override
  public ChatReply build() {
    return partial.build(stopReason(), readCalls());
  }

  private @Nullable List<ToolCall> readCalls() {
    return unreadable ? null : calls;
  }

  private StopReason stopReason() {
    if (blocked && finish.isEmpty()) {
      return new StopReason.ContentFiltered();
    }
    return switch (finish) {
      case "STOP" -> new StopReason.EndTurn();
      case "MAX_TOKENS" -> new StopReason.MaxTokens();
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" ->
          new StopReason.ContentFiltered();
      case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL" -> new StopReason.MalformedToolUse();
      case "MALFORMED_RESPONSE" -> new StopReason.MalformedOutput();
      default -> new StopReason.Other(finish);
    };
  }
}
