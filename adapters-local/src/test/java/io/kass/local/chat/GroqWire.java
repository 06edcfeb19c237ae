package io.kass.local.chat;

import io.kass.ports.Json;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.TokenUsage;
import java.util.Map;

/**
 * Groq's chat completions: OpenAI's, but for {@code x_groq}, which holds what was used in the last
 * chunk and an error that stops a stream early (the types of Groq's own client libraries have it),
 * and for the errors of its own.
 *
 * @see <a href="https://console.groq.com/docs/errors">errors</a>
 * @see <a href="https://console.groq.com/docs/rate-limits">being asked to wait</a>
 */
final class GroqWire extends OpenAiWire {
  @Override
  public ChatConfig.Provider provider() {
    return ChatConfig.Provider.GROQ;
  }

  @Override
  public String path() {
    return "/openai/v1";
  }

  @Override
  public String stream(ChatReply reply) {
    String chunks =
        Chunks.of(new ChatReply(reply.message(), reply.stop(), TokenUsage.NONE))
            .replace(Chunks.DONE, "");
    Json groq =
        new Json.Obj(Map.of("id", Json.of("req_01"), "usage", Chunks.usageObject(reply.usage())));
    return chunks
        + Chunks.event(Map.of("choices", Chunks.NO_CHOICES, "x_groq", groq))
        + Chunks.DONE;
  }

  @Override
  public String brokenBy(String message) {
    Json groq = new Json.Obj(Map.of("id", Json.of("req_01"), "error", Json.of(message)));
    return Chunks.event(Map.of("choices", Chunks.NO_CHOICES, "x_groq", groq));
  }

  @Override
  public String error(int status, String message) {
    return "{\"error\": {\"message\": \""
        + message
        + "\", \"type\": \""
        + (status == 429 ? "tokens" : "invalid_request_error")
        + "\", \"code\": \""
        + (status == 429 ? "rate_limit_exceeded" : "other")
        + "\"}}";
  }
}
