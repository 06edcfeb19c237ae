package io.kass.ports.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in a user's list.
 *
 * @param id the conversation
 * @param lastActivity when its last message came; null where no message tells
 */
public record ConversationSummary(ConversationId id, @Nullable Instant lastActivity) {}
