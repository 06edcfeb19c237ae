package io.kass.core.tool;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.tool.Tool;
import io.kass.ports.tool.ToolArguments;
import io.kass.ports.tool.ToolOutcome;
import io.kass.ports.tool.ToolSpec;
import io.kass.ports.tool.ToolSpec.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** A tool that does what a test says, and remembers every call. */
public final class ScriptedTool {
  private final ToolSpec spec;
  private final BiFunction<CallScope, ToolArguments, ToolOutcome> action;
  private final List<ToolArguments> calls = new ArrayList<>();

  private ScriptedTool(ToolSpec spec, BiFunction<CallScope, ToolArguments, ToolOutcome> action) {
    this.spec = spec;
    this.action = action;
  }

  /** A tool that looks something up by a text. */
  public static ScriptedTool reading(
      String name, BiFunction<CallScope, ToolArguments, ToolOutcome> action) {
    return new ScriptedTool(
        new ToolSpec(
            name,
            "Looks something up.",
            schema("{'type': 'object', 'properties': {'query': {'type': 'string'}}}"),
            Effect.READS),
        action);
  }

  /** Creates tickets. */
  public static ScriptedTool tickets() {
    return tickets((scope, arguments) -> new ToolOutcome.Success("Created OPS-99."));
  }

  /** Creates tickets in a way of its own. */
  public static ScriptedTool tickets(BiFunction<CallScope, ToolArguments, ToolOutcome> action) {
    return new ScriptedTool(
        new ToolSpec(
            "create_ticket",
            "Creates a ticket.",
            schema(
                """
                {'type': 'object', 'required': ['project', 'title'], 'properties': {
                  'project': {'type': 'string'}, 'title': {'type': 'string'},
                  'body': {'type': 'string'}, 'assignee': {'type': 'string'},
                  'priority': {'enum': ['high', 'low']}, 'watchers':
                  {'type': 'array', 'items': {'type': 'string'}}, 'private': {'type': 'boolean'}}}
                """),
            Effect.ACTS,
            Set.of("title", "body")),
        action);
  }

  /** Posts messages. */
  public static ScriptedTool messages() {
    return new ScriptedTool(
        new ToolSpec(
            "post_message",
            "Posts a message.",
            schema(
                """
                {'type': 'object', 'required': ['channel', 'text'], 'properties': {
                  'channel': {'type': 'string'}, 'text': {'type': 'string'}}}
                """),
            Effect.ACTS,
            Set.of("text")),
        (scope, arguments) -> new ToolOutcome.Success("Posted."));
  }

  /** JSON with single quotes. */
  public static Json.Obj schema(String text) {
    return (Json.Obj) Json.parse(text.replace('\'', '"'));
  }

  /** Every call that reached it. */
  public synchronized List<ToolArguments> calls() {
    return List.copyOf(calls);
  }

  /** The tool itself. */
  public Tool port() {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public ToolOutcome call(CallScope scope, ToolArguments arguments) {
        synchronized (ScriptedTool.this) {
          calls.add(arguments);
        }
        return action.apply(scope, arguments);
      }
    };
  }

  /** The tools themselves. */
  public static Set<Tool> ports(Collection<ScriptedTool> tools) {
    return tools.stream().map(ScriptedTool::port).collect(Collectors.toUnmodifiableSet());
  }
}
