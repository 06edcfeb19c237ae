package io.kass.ports.tool;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.TestClock;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.UserId;
import io.kass.ports.error.KassException.Cancelled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every store of agent states does. */
public abstract class AgentStatesContract {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");

  /** The clock of the stores under test. */
  protected final TestClock clock = new TestClock();

  private final CallScope scope = scope();

  /** A store over this test's storage; each call stands for another process with the same one. */
  protected abstract AgentStates open(InstantSource clock);

  private AgentStates open() {
    return open(clock);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(open().get(scope, "agent", "run")).isNull();
    assertThat(open().delete(scope, "agent", "run")).isFalse();
    assertThat(open().deleteUser(scope, ANN)).isZero();
  }

  @Test
  void goesFromRevisionToRevision() {
    assertThat(open().compareAndSet(scope, state("run", ANN, 1, "first"))).isTrue();
    assertThat(open().get(scope, "agent", "run")).isEqualTo(state("run", ANN, 1, "first"));
    assertThat(open().compareAndSet(scope, state("run", ANN, 2, "second"))).isTrue();
    assertThat(open().get(scope, "agent", "run")).isEqualTo(state("run", ANN, 2, "second"));
  }

  @Test
  void refusesAnotherRevision() {
    assertThat(open().compareAndSet(scope, state("run", ANN, 2, "too late"))).isFalse();
    assertThat(open().get(scope, "agent", "run")).isNull();
    open().compareAndSet(scope, state("run", ANN, 1, "first"));
    assertThat(open().compareAndSet(scope, state("run", ANN, 1, "again"))).isFalse();
    assertThat(open().compareAndSet(scope, state("run", ANN, 3, "too far"))).isFalse();
    assertThat(open().get(scope, "agent", "run")).isEqualTo(state("run", ANN, 1, "first"));
  }

  @Test
  void letsOneOfManyWin() {
    List<Boolean> written =
        TestThreads.atOnce(
            8,
            number -> {
              AgentStates states = open();
              return () -> states.compareAndSet(scope, state("run", ANN, 1, "by " + number));
            });
    assertThat(written).containsOnlyOnce(true);
    assertThat(open().get(scope, "agent", "run"))
        .isEqualTo(state("run", ANN, 1, "by " + written.indexOf(true)));
  }

  @Test
  void tellsAgentsAndRunsApart() {
    open().compareAndSet(scope, state("b", ANN, 1, "text"));
    assertThat(open().get(scope, "agentb", "")).isNull();
    assertThat(open().get(scope, "agent", "B")).isNull();
    assertThat(open().get(scope, "agent", "a")).isNull();
  }

  @Test
  @Tag("C3")
  void neverShowsAnExpiredState() {
    open().compareAndSet(scope, state("run", ANN, 1, "first"));
    clock.advance(Duration.ofSeconds(60));
    assertThat(open().get(scope, "agent", "run")).isNull();
    assertThat(open().delete(scope, "agent", "run")).isFalse();
    assertThat(open().compareAndSet(scope, state("run", ANN, 2, "on"))).isFalse();
    assertThat(open().compareAndSet(scope, state("run", ANN, 1, "anew"))).isTrue();
    assertThat(open().get(scope, "agent", "run")).isEqualTo(state("run", ANN, 1, "anew"));
  }

  @Test
  void deletes() {
    open().compareAndSet(scope, state("1", ANN, 1, "text"));
    open().compareAndSet(scope, state("2", ANN, 1, "text"));
    open().compareAndSet(scope, state("3", ANN, 1, "text"));
    open().compareAndSet(scope, state("4", BOB, 1, "text"));
    assertThat(open().delete(scope, "agent", "1")).isTrue();
    assertThat(open().countUser(scope, ANN)).isEqualTo(2);
    assertThat(open().deleteUser(scope, ANN)).isEqualTo(2);
    assertThat(open().countUser(scope, ANN)).isZero();
    assertThat(open().countUser(scope, BOB)).isEqualTo(1);
    assertThat(open().get(scope, "agent", "2")).isNull();
    assertThat(open().get(scope, "agent", "4")).isNotNull();
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    AgentState state = state("run", ANN, 1, "text");
    assertThatThrownBy(() -> open().compareAndSet(TestScopes.cancelled(), state))
        .isInstanceOf(Cancelled.class);
    assertThat(open().get(scope, "agent", "run")).isNull();
  }

  private AgentState state(String execution, UserId user, long revision, String text) {
    return new AgentState(
        "agent",
        execution,
        user,
        new Json.Obj(Map.of("text", Json.of(text), "steps", Json.of(revision))),
        revision,
        clock.instant().plusSeconds(60));
  }
}
