package io.kass.ports.tool;

import io.kass.ports.Json;
import java.util.Set;

/**
 * What a tool is, as told to the model.
 *
 * @param name letters, digits, {@code _} and {@code -}; 1 to 64 characters
 * @param description when to use it
 * @param input JSON Schema (2020-12) of its arguments: an object
 * @param effect whether it only reads
 * @param content the arguments of an acting tool that are free text, such as a title or a body. All
 *     others say where to, for whom, and how: they never come from anything but the user's own
 *     words or policy
 */
public record ToolSpec(
    String name, String description, Json.Obj input, Effect effect, Set<String> content) {
  public ToolSpec {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("not a name for a tool: " + name);
    }
    content = Set.copyOf(content);
  }

  /** A tool without free text: one that reads, or one whose every argument is the user's word. */
  public ToolSpec(String name, String description, Json.Obj input, Effect effect) {
    this(name, description, input, effect, Set.of());
  }

  /** What a call does to the world. */
  public enum Effect {
    /** Nothing; it may run whenever a model asks for it. */
    READS,
    /** Something; it runs only by the user's own request and by policy. */
    ACTS
  }
}
