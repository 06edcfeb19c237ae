package io.kass.ports.tool;

import io.kass.ports.Json;

/**
 * What a tool is, as told to the model.
 *
 * @param name letters, digits, {@code _} and {@code -}; 1 to 64 characters
 * @param description when to use it
 * @param input JSON Schema (2020-12) of its arguments: an object
 * @param effect whether it only reads
 */
public record ToolSpec(String name, String description, Json.Obj input, Effect effect) {
  public ToolSpec {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("not a name for a tool: " + name);
    }
  }

  /** What a call does to the world. */
  public enum Effect {
    /** Nothing; it may run whenever a model asks for it. */
    READS,
    /** Something; it runs only by the user's own request and by policy. */
    ACTS
  }
}
