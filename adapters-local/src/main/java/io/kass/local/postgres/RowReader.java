package io.kass.local.postgres;

import io.kass.local.sql.RowNotes.Note;
import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.UserId;
import io.kass.ports.conversation.ConversationId;
import io.kass.ports.conversation.Message;
import io.kass.ports.conversation.Role;
import io.kass.ports.error.KassException.InvalidRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of rows. What the ports have no word for stands in the metadata as it was: a role
 * other than the two, a user without a name, a time that the declared zone's clock never showed.
 */
final class RowReader {
  static final String USER = "user";
  static final String ASSISTANT = "assistant";

  /** What a request without a user is, and what some clients sent instead. */
  private static final String NOBODY = "";

  private final WallTime wall;
  private final PostgresErrors errors;

  RowReader(WallTime wall, PostgresErrors errors) {
    this.wall = wall;
    this.errors = errors;
  }

  /** What the column may hold for this user. */
  static String[] spellings(UserId user) {
    return user.equals(UserId.ANONYMOUS)
        ? new String[] {user.value(), NOBODY}
        : new String[] {user.value()};
  }

  /** What the column holds for this role. */
  static String word(Role role) {
    return switch (role) {
      case USER -> USER;
      case ASSISTANT -> ASSISTANT;
    };
  }

  /**
   * The message of a row.
   *
   * @throws io.kass.ports.error.KassException.Rejected when none can be made of it; the message
   *     names the row and the column
   */
  Message message(KnownRow row, @Nullable String content) {
    RowHead head = row.head();
    if (content == null) {
      throw errors.row(head.id(), "content", "is null");
    }
    Note note = row.note();
    String role = head.role() == null ? "" : head.role();
    return new Message(
        row.key(),
        conversation(head),
        user(head),
        isOfUser(role) ? Role.USER : Role.ASSISTANT,
        content,
        row.at(),
        note == null ? oddities(head, role) : note.metadata());
  }

  /** The conversation of a row. */
  ConversationId conversation(RowHead head) {
    String value = head.conversation();
    try {
      return new ConversationId(value == null ? "" : value);
    } catch (InvalidRequest e) {
      throw errors.row(head.id(), "conversation_id", "is none that can be used. " + e.getMessage());
    }
  }

  private UserId user(RowHead head) {
    String value = head.user();
    if (NOBODY.equals(value)) {
      return UserId.ANONYMOUS;
    }
    try {
      return new UserId(value == null ? "" : value);
    } catch (InvalidRequest e) {
      throw errors.row(head.id(), "user_id", "is none that can be used. " + e.getMessage());
    }
  }

  private static boolean isOfUser(String role) {
    return role.strip().toLowerCase(Locale.ROOT).equals(USER);
  }

  private Metadata oddities(RowHead head, String role) {
    Metadata metadata = Metadata.EMPTY;
    if (!role.equals(USER) && !role.equals(ASSISTANT)) {
      metadata = metadata.with("legacy_role", Json.of(role));
    }
    if (NOBODY.equals(head.user())) {
      metadata = metadata.with("legacy_user_id", Json.of(NOBODY));
    }
    if (head.createdAt() != null && wall.isSkipped(head.createdAt())) {
      metadata = metadata.with("legacy_created_at", Json.of(head.createdAt().toString()));
    }
    return metadata;
  }
}
