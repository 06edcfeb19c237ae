package io.kass.local.postgres;

import io.kass.ports.ContentHash;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row without its content.
 *
 * @param id the row's
 * @param conversation what the column holds; null only where the column lost its constraint, as in
 *     the next two
 * @param user what the column holds
 * @param role what the column holds
 * @param createdAt a time without a zone, or null in old rows
 * @param bytes how long the content is
 * @param content the SHA-256 of the content, where there is no time by which the row is known
 */
record RowHead(
    long id,
    @Nullable String conversation,
    @Nullable String user,
    @Nullable String role,
    @Nullable LocalDateTime createdAt,
    int bytes,
    @Nullable String content) {

  /** Differs from that of any other row which may one day have the same id. */
  String mark() {
    String when = createdAt == null ? "content " + content : createdAt.toString();
    return ContentHash.ofParts("" + conversation, "" + user, "" + role, when).hex();
  }
}
