package io.kass.ports.tool;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestClock;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ApproversTest {
  @Nested
  class DenyingAll extends ApproverContract {
    @Override
    protected Approver approver(InstantSource clock) {
      return Approver.denyAll();
    }
  }

  @Nested
  class Approving extends ApproverContract {
    @Override
    protected Approver approver(InstantSource clock) {
      return new ScriptedApprover(ScriptedApprover.Verdict.APPROVE, clock);
    }
  }

  @Nested
  class Deferring extends ApproverContract {
    @Override
    protected Approver approver(InstantSource clock) {
      return new ScriptedApprover(ScriptedApprover.Verdict.DEFER, clock);
    }
  }

  @Test
  void remembersWhatItWasAsked() {
    var approver = new ScriptedApprover(ScriptedApprover.Verdict.DENY, new TestClock());
    var action =
        new ProposedAction(
            new EchoTool("echo", ToolSpec.Effect.ACTS).spec(),
            new ToolArguments("call", EchoTool.arguments("hello"), "key"),
            "Say hello.");
    assertThat(approver.decide(scope(), action)).isInstanceOf(Decision.Denied.class);
    assertThat(approver.asked()).containsExactly(action);
  }
}
