package io.kass.ports.tool;

import io.kass.ports.CallScope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Decides as a test says, and remembers what it was asked. */
public final class ScriptedApprover implements Approver {
  /** What it decides. */
  public enum Verdict {
    APPROVE,
    DENY,
    DEFER
  }

  private final Verdict verdict;
  private final InstantSource clock;
  private final List<ProposedAction> asked = new ArrayList<>();

  public ScriptedApprover(Verdict verdict, InstantSource clock) {
    this.verdict = verdict;
    this.clock = clock;
  }

  /** What it was asked, in order. */
  public synchronized List<ProposedAction> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized Decision decide(CallScope scope, ProposedAction action) {
    scope.check(clock);
    asked.add(action);
    return switch (verdict) {
      case APPROVE -> new Decision.Approved();
      case DENY -> new Decision.Denied("The test says no.");
      case DEFER ->
          new Decision.Deferred(
              new PendingAction(
                  "pending-action-number-" + asked.size(),
                  action,
                  clock.instant().plus(Duration.ofMinutes(15))));
    };
  }
}
