package io.kass.ports.conversation;

import io.kass.ports.ContentHash;
import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param key its identity within the store; lowercase hexadecimal, ordered bytewise; writing a
 *     message of the same key again changes nothing
 * @param conversation where it was said
 * @param user whose conversation it is
 * @param role who said it
 * @param content what was said; may be empty in old records
 * @param at when; null only in old records that do not tell
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

  /**
   * The key of a message of a turn: the same turn appended again has the same keys.
   *
   * @param turn the id of the turn, unique to it
   */
  public static String key(ConversationId conversation, String turn, Role role) {
    return ContentHash.ofParts("kass-message-1", conversation.value(), turn, role.name()).hex();
  }
}
