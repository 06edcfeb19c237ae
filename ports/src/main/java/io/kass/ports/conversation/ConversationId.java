package io.kass.ports.conversation;

import io.kass.ports.Bytewise;
import io.kass.ports.error.KassException.InvalidRequest;

/**
 * Names a conversation.
 *
 * @param value 1 to 100 characters (the width of the legacy column), whole ones and no control
 *     characters
 */
public record ConversationId(String value) {
  /** The longest id, in UTF-16 code units. */
  public static final int MAX_LENGTH = 100;

  public ConversationId {
    if (value.isBlank()
        || value.length() > MAX_LENGTH
        || value.chars().anyMatch(Character::isISOControl)
        || Bytewise.hasHalfCharacter(value)) {
      throw new InvalidRequest(
          "A conversation id has 1 to "
              + MAX_LENGTH
              + " characters whole and no control characters.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
