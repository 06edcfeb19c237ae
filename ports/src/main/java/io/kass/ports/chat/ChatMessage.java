package io.kass.ports.chat;

import io.kass.ports.Json;
import java.util.List;

/** A message to or from a model. The first is the user's; roles alternate. */
public sealed interface ChatMessage {
  /** The user's words; not blank. */
  record FromUser(String text) implements ChatMessage {}

  /** The model's words and the calls it asked for; not both empty. */
  record FromModel(String text, List<ToolCall> calls) implements ChatMessage {
    public FromModel {
      calls = List.copyOf(calls);
    }
  }

  /** The outcome of each call of the preceding message, in its order. */
  record ToolResults(List<ToolResult> results) implements ChatMessage {
    public ToolResults {
      results = List.copyOf(results);
    }
  }

  /** A call that a model asks for, not yet checked. */
  record ToolCall(String id, String name, Json.Obj arguments) {}

  /** The outcome of a call; the text is not blank. */
  record ToolResult(String id, boolean success, String text) {}
}
