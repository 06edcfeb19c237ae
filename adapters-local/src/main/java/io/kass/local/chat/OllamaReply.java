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

/** Puts a reply together from the lines of {@code /api/chat}. Calls come whole. Not thread-safe. */
final class OllamaReply implements Reply {
  private final PartialReply partial;
  private final List<ToolCall> calls = new ArrayList<>();
  private boolean unreadable;
  private String reason = "";
  private boolean done;

  OllamaReply(ChatListener listener) {
    this.partial = new PartialReply(listener);
  }

  @Override
  public void add(Json line) {
    partial.tell(Members.text(line, "message", "content"));
    Members.items(line, "message", "tool_calls").forEach(this::addCall);
    if (Members.at(line, "done") instanceof Json.Bool(boolean isDone) && isDone) {
      done = true;
      reason = Members.text(line, "done_reason");
      partial.count(
          Members.number(line, "prompt_eval_count"), 0, Members.number(line, "eval_count"));
    }
  }

  /** Older servers give calls no id. */
  private void addCall(Json call) {
    String id = Members.text(call, "id");
    String name = Members.text(call, "function", "name");
    Json arguments = Members.at(call, "function", "arguments");
    if (name.isBlank() || !(arguments == null || arguments instanceof Json.Obj)) {
      unreadable = true;
      return;
    }
    calls.add(
        new ToolCall(
            id.isEmpty() ? "call_" + (calls.size() + 1) : id,
            name,
            arguments instanceof Json.Obj object ? object : new Json.Obj(Map.of())));
  }

  @Override
  public boolean isFinished() {
    return done;
  }

  @Override
  public boolean isComplete() {
    return done;
  }

  @Override
  public ChatReply build() {
    return partial.build(stopReason(), unreadable ? null : calls);
  }

  private StopReason stopReason() {
    return switch (reason) {
      case "", "stop" -> new StopReason.EndTurn();
      case "length" -> new StopReason.MaxTokens();
      default -> new StopReason.Other(reason);
    };
  }
}
