package io.kass.ports.tool;

import io.kass.ports.CallScope;

/** Something that the assistant can do beyond talking. Thread-safe. */
public interface Tool {
  /** What it is; the same for its whole life. */
  ToolSpec spec();

  /** Runs it. Expected failures are outcomes; only an ending scope or a fault throws. */
  ToolOutcome call(CallScope scope, ToolArguments arguments);
}
