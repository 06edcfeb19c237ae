package io.kass.ports.tool;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

class InMemoryAgentStatesTest extends AgentStatesContract {
  private @Nullable InMemoryAgentStates states;

  @Override
  protected AgentStates open(InstantSource clock) {
    if (states == null) {
      states = new InMemoryAgentStates(clock);
    }
    return states;
  }
}
