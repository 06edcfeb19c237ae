package io.kass.local.chat;

import io.kass.ports.chat.ChatReply;
import java.util.List;

/**
 * OpenAI's chat completions.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat-streaming">chunks</a>
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">errors</a>
 */
class OpenAiWire implements Wire {
  @Override
  public ChatConfig.Provider provider() {
    return ChatConfig.Provider.OPENAI;
  }

  @Override
  public String path() {
    return "/v1";
  }

  @Override
  public List<String> violations(FakeChatServer.Request request) {
    return OpenAiRules.violations(request);
  }

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public String stream(ChatReply reply) {
    return Chunks.of(reply);
  }

  @Override
  public String text(String piece) {
    return Chunks.text(piece);
  }

  @Override
  public String brokenBy(String message) {
    return "data: " + error(500, message) + "\n\n";
  }

  @Override
  public String throttled() {
    return "data: {\"error\": {\"message\": \"slow down\", \"code\": \"rate_limit_exceeded\"}}\n\n";
  }

  @Override
  public String error(int status, String message) {
    return "{\"error\": {\"message\": \"" + message + "\", \"type\": \"server_error\"}}";
  }

  @Override
  public int refusedKeyStatus() {
    return 401;
  }

  @Override
  public String refusedKey(String message) {
    return error(401, message);
  }

  @Override
  public String tooLong() {
    return "{\"error\": {\"message\": \"x\", \"code\": \"context_length_exceeded\"}}";
  }
}
