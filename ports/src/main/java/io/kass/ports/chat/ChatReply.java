package io.kass.ports.chat;

/**
 * What a model said.
 *
 * @param message its words and calls
 * @param stop why it stopped
 * @param usage what it cost; {@link TokenUsage#NONE} where the provider does not tell
 */
public record ChatReply(ChatMessage.FromModel message, StopReason stop, TokenUsage usage) {}
