package io.kass.ports.assistant;

/**
 * A tool that a model asked for while it answered.
 *
 * @param tool the tool's name
 * @param success whether it ran
 */
public record ToolRun(String tool, boolean success) {}
