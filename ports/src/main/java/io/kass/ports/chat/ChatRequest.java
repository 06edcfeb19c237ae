package io.kass.ports.chat;

import io.kass.ports.tool.ToolSpec;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param system instructions; may be empty
 * @param messages the conversation, the last message being the user's or tool results
 * @param tools what the model may call
 * @param maxOutputTokens how long the reply may be
 * @param temperature 0 for the most likely words
 */
public record ChatRequest(
    String system,
    List<ChatMessage> messages,
    List<ToolSpec> tools,
    int maxOutputTokens,
    double temperature) {
  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }
}
