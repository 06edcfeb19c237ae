package io.kass.ports.tool;

import io.kass.ports.CallScope;

/** Decides on acting calls. Thread-safe. */
public interface Approver {
  Decision decide(CallScope scope, ProposedAction action);

  /** Denies every action, for entry points where nobody can be asked. */
  static Approver denyAll() {
    return (scope, action) -> new Decision.Denied("No action is allowed here.");
  }
}
