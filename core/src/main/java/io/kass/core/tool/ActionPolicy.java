package io.kass.core.tool;

import io.kass.ports.Audience;
import io.kass.ports.Caller;
import io.kass.ports.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which acting tools may run, for whom and how. A tool without a rule runs for nobody.
 *
 * @param rules by the tool's name
 */
public record ActionPolicy(Map<String, Rule> rules) {
  /** No tool may act. */
  public static final ActionPolicy NONE = new ActionPolicy(Map.of());

  public ActionPolicy {
    rules = Map.copyOf(rules);
  }

  /** How a call that the user asked for comes to run. */
  public enum Mode {
    /** A person sees exactly what would be done, and decides. */
    ASK,
    /** It runs. */
    ALLOW,
    /** It is only told what would be done. */
    DRY_RUN
  }

  /**
   * A rule for one tool.
   *
   * @param mode how its calls come to run
   * @param groups whose calls: callers of one of these groups
   * @param defaults arguments that may have this value although the user did not name it
   */
  public record Rule(Mode mode, Audience groups, Json.Obj defaults) {
    /** A rule for everyone, without defaults. */
    public static Rule of(Mode mode) {
      return new Rule(mode, Audience.EVERYONE, new Json.Obj(Map.of()));
    }
  }

  /** The rule for a caller, or null when the tool must not run for them. */
  @Nullable Rule rule(String tool, Caller caller) {
    Rule rule = rules.get(tool);
    return rule != null && rule.groups().meets(caller.groups()) ? rule : null;
  }
}
