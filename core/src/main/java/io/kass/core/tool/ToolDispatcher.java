package io.kass.core.tool;

import io.kass.core.safety.AllowedHosts;
import io.kass.ports.Caller;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.tool.Approver;
import io.kass.ports.tool.Tool;
import io.kass.ports.tool.ToolLog;
import io.kass.ports.tool.ToolSpec;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs the tools that a model asks for, turn by turn. Thread-safe.
 *
 * <p>A call is refused, and the model told why, when there is no such tool, or its arguments do not
 * fit its schema or are too long. A reading tool then runs. An acting tool has further to go:
 * policy lets it run for this user; the user's own words ask for it ({@link OwnWords}); whatever
 * says where to and for whom is theirs or policy's ({@link BoundArguments}); it was not done before
 * under the same key; and, where policy says so, a person approves.
 */
public final class ToolDispatcher {
  private final Map<String, CheckedTool> tools = new TreeMap<>();
  private final ActionPolicy policy;
  private final Services services;

  /** A tool and the check of its arguments. */
  record CheckedTool(Tool tool, ToolSpec spec, Schema schema) {
    boolean acts() {
      return spec.effect() == ToolSpec.Effect.ACTS;
    }
  }

  /** What a turn needs to run tools. */
  record Services(
      Approver approver,
      ToolLog log,
      Ledger ledger,
      AllowedHosts links,
      InstantSource clock,
      ToolLimits limits) {}

  /**
   * @param links where links in what acting tools write may lead
   * @throws IllegalArgumentException when two tools have one name, or a schema says what is not
   *     checked
   */
  public ToolDispatcher(
      Tools tools, ToolLog log, Ledger ledger, AllowedHosts links, InstantSource clock) {
    for (Tool tool : tools.tools()) {
      ToolSpec spec = tool.spec();
      if (this.tools.put(spec.name(), new CheckedTool(tool, spec, schema(spec))) != null) {
        throw new IllegalArgumentException("two tools have the name " + spec.name());
      }
    }
    policy = tools.policy();
    services = new Services(tools.approver(), log, ledger, links, clock, tools.limits());
  }

  private static Schema schema(ToolSpec spec) {
    try {
      return new Schema(spec.input());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tool " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Begins a turn.
   *
   * @param message the user's message: the only place where an action can come from
   * @param turn names the turn by what it answers, so that another try of it has the same name
   */
  public ToolTurn turn(Caller caller, String message, String turn) {
    return tools.isEmpty()
        ? new ToolTurn(services, Map.of(), Map.of(), message, turn)
        : new ToolTurn(services, offered(caller), policy.rules(), message, turn);
  }

  /** Tools that must not run for the caller are not known to the model either. */
  private Map<String, CheckedTool> offered(Caller caller) {
    var offered = new TreeMap<String, CheckedTool>();
    tools.forEach((name, tool) -> {
      if (!tool.acts() || policy.rule(name, caller) != null) {
        offered.put(name, tool);
      }
    });
    return Collections.unmodifiableMap(offered);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return tools.isEmpty();
  }

  /** The names of the tools that a caller's model is told of. */
  public List<String> offeredTo(Caller caller) {
    return tools.isEmpty() ? List.of() : List.copyOf(offered(caller).keySet());
  }
}
