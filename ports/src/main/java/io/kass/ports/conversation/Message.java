package io.kass.ports.conversation;

import io.kass.ports.ContentHash;
import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation. A conversation's messages are ordered by their instant, those
 * without one first, and those of the same instant by their key: the same in every store.
 *
 * @param key its identity within the store; 1 to 64 lowercase hexadecimal digits, ordered bytewise;
 *     writing a message of the same key again changes nothing
 * @param conversation where it was said
 * @param user whose conversation it is
 * @param role who said it
 * @param content what was said; may be empty in old records
 * @param at when, in whole microseconds (finer parts are dropped); null only in old records that do
 *     not tell
 * @param metadata what else is known of it
 */
public record Message(
    String key,
    ConversationId conversation,
    UserId user,
    Role role,
    String content,
    @Nullable Instant at,
    Metadata metadata) {
  public Message {
    if (!key.matches("[0-9a-f]{1,64}")) {
      throw new IllegalArgumentException("not a key of a message: " + key);
    }
    at = at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
  }

  /** The same message at another moment. */
  public Message at(Instant moment) {
    return new Message(key, conversation, user, role, content, moment, metadata);
  }

  /**
   * The key of a message of a turn: the same turn appended again has the same keys. The keys of a
   * turn differ in their last digit only, the question's being the lower one: so its two messages,
   * which have the same instant, stand side by side in every order.
   *
   * @param turn the id of the turn, unique to it
   */
  public static String key(ConversationId conversation, String turn, Role role) {
    String pair = ContentHash.ofParts("kass-message-1", conversation.value(), turn).hex();
    return pair.substring(0, pair.length() - 1)
        + switch (role) {
          case USER -> '0';
          case ASSISTANT -> '1';
        };
  }
}
