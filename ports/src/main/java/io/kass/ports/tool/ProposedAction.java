package io.kass.ports.tool;

/**
 * A call of an acting tool that a model asks for.
 *
 * @param tool the tool
 * @param arguments exactly what it would be called with
 * @param request the user's own words in this turn
 */
public record ProposedAction(ToolSpec tool, ToolArguments arguments, String request) {}
