package io.kass.local.chat;

import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage.FromModel;
import io.kass.ports.chat.ChatMessage.ToolCall;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all providers' replies have in common while they come. Not thread-safe. */
final class PartialReply {
  private final ChatListener listener;
  private final StringBuilder text = new StringBuilder();
  private TokenUsage usage = TokenUsage.NONE;

  PartialReply(ChatListener listener) {
    this.listener = listener;
  }

  /** Takes the next piece of text, and tells the listener unless it is empty. */
  void tell(String piece) {
    if (!piece.isEmpty()) {
      text.append(piece);
      listener.text(piece);
    }
  }

  /**
   * Takes what a provider counted; later counts replace earlier ones.
   *
   * @param input all input
   * @param cached what of it came from a cache
   */
  void count(long input, long cached, long output) {
    long all = Math.max(0, input);
    long known = Math.clamp(cached, 0, all);
    usage = new TokenUsage(known, all - known, Math.max(0, output));
  }

  /**
   * The reply.
   *
   * @param said why the model says that it stopped
   * @param calls what it calls, or null when a call cannot be read
   */
  ChatReply build(StopReason said, @Nullable List<ToolCall> calls) {
    if (!(said instanceof StopReason.EndTurn || said instanceof StopReason.ToolUse)) {
      return reply(List.of(), said); // calls of an incomplete reply may be cut, and never run
    }
    if (calls == null || (said instanceof StopReason.ToolUse && calls.isEmpty())) {
      return reply(List.of(), new StopReason.MalformedToolUse());
    }
    return reply(calls, calls.isEmpty() ? said : new StopReason.ToolUse());
  }

  private ChatReply reply(List<ToolCall> calls, StopReason stop) {
    return new ChatReply(new FromModel(text.toString(), calls), stop, usage);
  }
}
