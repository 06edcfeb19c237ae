package io.kass.ports.tool;

import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.Page;
import io.kass.ports.UserId;

/**
 * Keeps the record of tool calls. Thread-safe. Instants and durations are kept to the millisecond
 * at least.
 */
public interface ToolLog {
  /** Keeps the record of a call; one whose id is there already changes nothing. */
  void append(CallScope scope, ToolLogEntry entry);

  /** A tool's calls, newest first. */
  Page<ToolLogEntry> page(CallScope scope, String tool, Cursor cursor);

  /** How many calls {@link #deleteUser} would delete. */
  long countUser(CallScope scope, UserId user);

  /** Deletes a user's calls; how many. */
  long deleteUser(CallScope scope, UserId user);
}
