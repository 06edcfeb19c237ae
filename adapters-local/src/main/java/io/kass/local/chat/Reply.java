package io.kass.local.chat;

import io.kass.ports.Json;
import io.kass.ports.chat.ChatReply;

/** Puts a reply together from the messages of a stream, or from one whole answer. */
interface Reply {
  /** Takes a message, and tells the listener of its text. */
  void add(Json message);

  /** Whether the model has said why it stopped. */
  boolean isFinished();

  /** Whether no more messages need be read. */
  boolean isComplete();

  /** The reply, when all messages have come. */
  ChatReply build();
}
