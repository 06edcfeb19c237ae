package io.kass.ports.tool;

import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agent states that are forgotten when the process ends. */
public final class InMemoryAgentStates implements AgentStates {
  private final InstantSource clock;
  private final Map<Run, AgentState> states = new HashMap<>();

  public InMemoryAgentStates(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized @Nullable AgentState get(CallScope scope, String agent, String execution) {
    scope.check(clock);
    AgentState state = states.get(new Run(agent, execution));
    return state != null && clock.instant().isBefore(state.expires()) ? state : null;
  }

  @Override
  public synchronized boolean compareAndSet(CallScope scope, AgentState state) {
    AgentState stored = get(scope, state.agent(), state.execution());
    if (state.revision() != (stored == null ? 1 : stored.revision() + 1)) {
      return false;
    }
    states.put(new Run(state.agent(), state.execution()), state);
    return true;
  }

  @Override
  public synchronized boolean delete(CallScope scope, String agent, String execution) {
    boolean seen = get(scope, agent, execution) != null;
    states.remove(new Run(agent, execution));
    return seen;
  }

  @Override
  public synchronized long countUser(CallScope scope, UserId user) {
    scope.check(clock);
    return states.values().stream().filter(state -> state.user().equals(user)).count();
  }

  @Override
  public synchronized long deleteUser(CallScope scope, UserId user) {
    scope.check(clock);
    long before = states.size();
    states.values().removeIf(state -> state.user().equals(user));
    return before - states.size();
  }

  private record Run(String agent, String execution) {}
}
