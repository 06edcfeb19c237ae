package io.kass.ports.tool;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what it is told; and remembers it, when made to act. */
public final class EchoTool implements Tool {
  private final ToolSpec spec;
  private final Map<String, String> said = new LinkedHashMap<>();
  private final List<ToolArguments> calls = new ArrayList<>();

  public EchoTool(String name, ToolSpec.Effect effect) {
    Json text =
        new Json.Obj(
            Map.of("type", Json.of("string"), "description", Json.of("What it is to say.")));
    spec =
        new ToolSpec(
            name,
            "Says the text it is given.",
            new Json.Obj(
                Map.of(
                    "type", Json.of("object"),
                    "properties", new Json.Obj(Map.of("text", text)),
                    "required", Json.ofTexts(List.of("text")),
                    "additionalProperties", Json.of(false))),
            effect);
  }

  /** Its arguments. */
  public static Json.Obj arguments(String text) {
    return new Json.Obj(Map.of("text", Json.of(text)));
  }

  /** What it said, once a key; empty when it only reads. */
  public synchronized List<String> said() {
    return List.copyOf(said.values());
  }

  /** Every call of it, in order. */
  public synchronized List<ToolArguments> calls() {
    return List.copyOf(calls);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public synchronized ToolOutcome call(CallScope scope, ToolArguments arguments) {
    scope.cancellation().throwIfCancelled();
    calls.add(arguments);
    if (!(arguments.values().get("text") instanceof Json.Text(String text))) {
      return new ToolOutcome.Failure("Give the text to say as \"text\".");
    }
    if (spec.effect() == ToolSpec.Effect.ACTS) {
      said.putIfAbsent(arguments.idempotencyKey(), text);
    }
    return new ToolOutcome.Success(text.isBlank() ? "(no output)" : text);
  }
}
