package io.kass.ports;

/** What became of one record of a batch; the others of the batch are not affected. */
public sealed interface WriteOutcome {
  /** The record's key. */
  String key();

  /** The store now holds it (or no longer holds it, for a delete). */
  record Done(String key) implements WriteOutcome {}

  /** There was nothing to delete. */
  record Absent(String key) implements WriteOutcome {}

  /**
   * The store refused it.
   *
   * @param passing whether the same write may succeed later
   * @param reason for the operator
   */
  record Failed(String key, boolean passing, String reason) implements WriteOutcome {}
}
