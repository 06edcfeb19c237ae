package io.kass.local.chat;

import io.kass.ports.chat.ChatReply;
import java.util.List;

/** How a provider speaks at the wire: what a fake of it says, and asks of its clients. */
interface Wire {
  /** Whose it is. */
  ChatConfig.Provider provider();

  /** The path under which a fake is reached. */
  String path();

  /** What is wrong with a request. */
  List<String> violations(FakeChatServer.Request request);

  /** The type of a streamed response. */
  String contentType();

  /** A whole stream. */
  String stream(ChatReply reply);

  /** A message of a stream with this text, which others follow. */
  String text(String piece);

  /** A failure in the place of a message. */
  String brokenBy(String message);

  /** Being asked to wait, in the place of a message. */
  String throttled();

  /** The body of an error response. */
  String error(int status, String message);

  /** The status of a response that refuses the key. */
  int refusedKeyStatus();

  /** The body of a response that refuses the key. */
  String refusedKey(String message);

  /** The body of a response to a request that is longer than the model reads. */
  String tooLong();
}
