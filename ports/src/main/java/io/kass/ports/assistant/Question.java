package io.kass.ports.assistant;

import io.kass.ports.conversation.ConversationId;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.Filter;

/**
 * What a user asks.
 *
 * @param conversation where it is asked
 * @param text the user's words; not blank, at most {@link #MAX_LENGTH} UTF-16 code units
 * @param filter which documents count
 */
public record Question(ConversationId conversation, String text, Filter filter) {
  /** The longest question, in UTF-16 code units. */
  public static final int MAX_LENGTH = 32_000;

  public Question {
    if (text.isBlank()) {
      throw new InvalidRequest("The question is empty.");
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidRequest(
          "The question has " + text.length() + " characters; at most " + MAX_LENGTH + " fit.");
    }
  }
}
