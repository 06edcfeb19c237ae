package io.kass.ports.tool;

import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the states of running agents. Thread-safe. Expired states are never seen: not even as a
 * revision, so that a run can begin anew. Instants are kept to the millisecond at least.
 */
public interface AgentStates {
  /** The state of a run, or null when there is none. */
  @Nullable AgentState get(CallScope scope, String agent, String execution);

  /**
   * Writes a state whose revision is one more than the stored one (1 for a new run).
   *
   * @return false when another revision is stored; nothing was written
   */
  boolean compareAndSet(CallScope scope, AgentState state);

  /** Deletes a run's state; false when there was none. */
  boolean delete(CallScope scope, String agent, String execution);

  /** How many states {@link #deleteUser} would delete: expired ones that are still there, too. */
  long countUser(CallScope scope, UserId user);

  /** Deletes a user's states; how many. */
  long deleteUser(CallScope scope, UserId user);
}
