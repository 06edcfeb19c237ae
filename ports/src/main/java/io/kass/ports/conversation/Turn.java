package io.kass.ports.conversation;

import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import java.time.Instant;
import java.util.List;

/**
 * What a user asked and what was answered: stored together or not at all.
 *
 * @param id unique to this turn; appending the same turn twice stores it once
 * @param conversation where
 * @param user who asked
 * @param question what was asked
 * @param answer what was answered
 * @param at when the question came; see {@link ConversationLog#append}
 * @param metadata kept with the answer
 */
public record Turn(
    String id,
    ConversationId conversation,
    UserId user,
    String question,
    String answer,
    Instant at,
    Metadata metadata) {

  /** The two messages of this turn, the question first. */
  public List<Message> messages() {
    return List.of(
        new Message(
            Message.key(conversation, id, Role.USER),
            conversation,
            user,
            Role.USER,
            question,
            at,
            Metadata.EMPTY),
        new Message(
            Message.key(conversation, id, Role.ASSISTANT),
            conversation,
            user,
            Role.ASSISTANT,
            answer,
            at,
            metadata));
  }
}
