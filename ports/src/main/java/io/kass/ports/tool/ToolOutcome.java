package io.kass.ports.tool;

/** What came of a call; both are shown to the model. */
public sealed interface ToolOutcome {
  String text();

  /** It ran. */
  record Success(String text) implements ToolOutcome {}

  /** It did not run, or failed; the text tells the model what to do differently. */
  record Failure(String text) implements ToolOutcome {}
}
