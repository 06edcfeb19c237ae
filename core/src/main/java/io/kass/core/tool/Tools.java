package io.kass.core.tool;

import io.kass.ports.tool.Approver;
import io.kass.ports.tool.Tool;
import java.util.Set;

/**
 * What an assistant may do beyond talking.
 *
 * @param tools all there are; names differ
 * @param policy which of those that act may run
 * @param approver decides where policy says to ask
 * @param limits what one call may take
 */
public record Tools(Set<Tool> tools, ActionPolicy policy, Approver approver, ToolLimits limits) {
  /** Only talk. */
  public static final Tools NONE =
      new Tools(Set.of(), ActionPolicy.NONE, Approver.denyAll(), ToolLimits.DEFAULTS);

  public Tools {
    tools = Set.copyOf(tools);
  }

  /** Tools that only read. */
  public static Tools reading(Set<Tool> tools) {
    return new Tools(tools, ActionPolicy.NONE, Approver.denyAll(), ToolLimits.DEFAULTS);
  }
}
