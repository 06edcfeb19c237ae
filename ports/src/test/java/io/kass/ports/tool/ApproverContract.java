package io.kass.ports.tool;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestClock;
import io.kass.ports.TestThreads;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every approver does. */
public abstract class ApproverContract {
  private static final int SHORTEST_ID = 16;

  private final TestClock clock = new TestClock();
  private final ProposedAction action =
      new ProposedAction(
          new EchoTool("echo", ToolSpec.Effect.ACTS).spec(),
          new ToolArguments("call", EchoTool.arguments("hello"), "key"),
          "Say hello.");

  protected abstract Approver approver(InstantSource clock);

  @Test
  void decidesWithAReasonOrForALaterMoment() {
    List<Decision> decisions =
        TestThreads.atOnce(8, number -> () -> approver(clock).decide(scope(), action));
    assertThat(decisions).hasSize(8).allSatisfy(this::assertMeaningful);
  }

  private void assertMeaningful(Decision decision) {
    switch (decision) {
      case Decision.Approved() -> {}
      case Decision.Denied(String reason) -> assertThat(reason).isNotBlank();
      case Decision.Deferred(PendingAction pending) -> {
        assertThat(pending.action()).isEqualTo(action);
        assertThat(pending.id()).hasSizeGreaterThanOrEqualTo(SHORTEST_ID);
        assertThat(pending.expires()).isAfter(clock.instant());
      }
    }
  }

  @Test
  void namesEachDeferredActionDifferently() {
    var ids = new HashSet<String>();
    Approver approver = approver(clock);
    for (int i = 0; i < 20; i++) {
      if (approver.decide(scope(), action) instanceof Decision.Deferred(PendingAction pending)) {
        assertThat(ids.add(pending.id())).isTrue();
      }
    }
  }
}
