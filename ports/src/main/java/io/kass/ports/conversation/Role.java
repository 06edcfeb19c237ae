package io.kass.ports.conversation;

/** Who said a message. */
public enum Role {
  USER,
  ASSISTANT
}
