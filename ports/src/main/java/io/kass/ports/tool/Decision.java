package io.kass.ports.tool;

/** What was decided on a proposed action. */
public sealed interface Decision {
  /** It may run now, exactly as proposed. */
  record Approved() implements Decision {}

  /** It must not run. */
  record Denied(String reason) implements Decision {}

  /** Someone will decide later. */
  record Deferred(PendingAction action) implements Decision {}
}
