package io.kass.core.users;

/**
 * What a backend holds of a user.
 *
 * @param messages what they asked and were answered
 * @param toolCalls records of tools that ran on their behalf
 * @param agentStates where runs of agents on their behalf stand
 * @param cachedAnswers answers that were first given to them
 * @param counters quotas of theirs
 * @param records other entries of the ledger about them
 */
public record Held(
    long messages,
    long toolCalls,
    long agentStates,
    long cachedAnswers,
    long counters,
    long records) {

  /** All of it together. */
  public long total() {
    return messages + toolCalls + agentStates + cachedAnswers + counters + records;
  }
}
