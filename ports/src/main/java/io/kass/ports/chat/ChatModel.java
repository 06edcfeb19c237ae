package io.kass.ports.chat;

import io.kass.ports.CallScope;
import io.kass.ports.error.KassException.Misconfigured;
import org.jspecify.annotations.Nullable;

/** A language model that talks. Thread-safe. */
public interface ChatModel {
  /** The model's name for logs, answers and cache keys; empty where there is no model. */
  String id();

  /** Whether there is a model to ask. */
  default boolean present() {
    return !id().isEmpty();
  }

  /** Counts tokens as this model does; null where that is not known. */
  default @Nullable TokenCounter tokens() {
    return null;
  }

  /**
   * Asks the model. The listener has heard all of the reply's text when this returns.
   *
   * @throws io.kass.ports.error.KassException.Throttled when the provider asks to wait
   * @throws io.kass.ports.error.KassException.Unavailable when it cannot be reached, breaks off, or
   *     the scope's time has passed
   * @throws io.kass.ports.error.KassException.Misconfigured when it refuses the key or the model
   * @throws io.kass.ports.error.KassException.Cancelled when the scope is cancelled; the connection
   *     is closed
   */
  ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener);

  /** No model: answers are made of quotes. */
  static ChatModel none() {
    return new ChatModel() {
      @Override
      public String id() {
        return "";
      }

      @Override
      public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
        throw new Misconfigured("No language model is configured.");
      }
    };
  }
}
