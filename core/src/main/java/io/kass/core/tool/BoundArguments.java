package io.kass.core.tool;

import io.kass.core.safety.AllowedHosts;
import io.kass.core.safety.SafeLinks;
import io.kass.core.safety.Visible;
import io.kass.core.tool.ActionPolicy.Rule;
import io.kass.ports.Json;
import io.kass.ports.tool.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an acting call, held against the user's own words: whatever is not free text is
 * named there, or is policy's default. Free text carries no link that an answer could not carry.
 */
final class BoundArguments {
  private BoundArguments() {}

  /** What no word of the user and no rule accounts for, told to the model; null when nothing. */
  static @Nullable String problem(ToolSpec tool, Json.Obj values, OwnWords words, Rule rule) {
    for (Map.Entry<String, Json> argument : values.members().entrySet()) {
      String name = argument.getKey();
      Json value = argument.getValue();
      if (!tool.content().contains(name)
          && !value.equals(rule.defaults().get(name))
          && !isNamed(words, name, property(tool.input(), name), value)) {
        return "the user did not name the value of '"
            + name
            + "', and nothing else can: leave it out, or ask the user to say it in a new message";
      }
    }
    return null;
  }

  /** The same arguments, their free text made safe. */
  static Json.Obj safe(ToolSpec tool, Json.Obj values, AllowedHosts links) {
    var safe = new LinkedHashMap<>(values.members());
    safe.replaceAll((name, value) -> tool.content().contains(name) ? safe(value, links) : value);
    return new Json.Obj(safe);
  }

  /**
   * What makes an action another one: the required arguments that are not free text. The user asks
   * once for each; that a further argument differs makes no second action.
   */
  static String target(ToolSpec tool, Json.Obj values) {
    var target = new LinkedHashMap<>(values.members());
    List<Json> required =
        tool.input().get("required") instanceof Json.Array(List<Json> names) ? names : List.of();
    target
        .keySet()
        .removeIf(name -> tool.content().contains(name) || !required.contains(Json.of(name)));
    return new Json.Obj(target).canonical();
  }

  private static boolean isNamed(OwnWords words, String name, @Nullable Json schema, Json value) {
    return switch (value) {
      case Json.Text(String text) ->
          (schema instanceof Json.Obj object && object.get("enum") != null)
              ? words.hold(text) && words.meanFor(name, text)
              : words.name(text) && words.meanFor(name, text);
      case Json.Int(long number) -> isNamed(words, name, Long.toString(number));
      case Json.Real(double number) -> isNamed(words, name, Double.toString(number));
      case Json.Bool(boolean is) -> is && words.hold(name);
      case Json.Null none -> true;
      case Json.Array(List<Json> items) ->
          items.stream().allMatch(item -> isNamed(words, name, items(schema), item));
      case Json.Obj(Map<String, Json> members) ->
          members.entrySet().stream()
              .allMatch(member ->
                  isNamed(
                      words,
                      member.getKey(),
                      property(schema, member.getKey()),
                      member.getValue()));
    };
  }

  private static boolean isNamed(OwnWords words, String name, String number) {
    return words.hold(number) && words.meanFor(name, number);
  }

  private static @Nullable Json property(@Nullable Json schema, String name) {
    return schema instanceof Json.Obj object
            && object.get("properties") instanceof Json.Obj properties
        ? properties.get(name)
        : null;
  }

  private static @Nullable Json items(@Nullable Json schema) {
    return schema instanceof Json.Obj object ? object.get("items") : null;
  }

  private static Json safe(Json value, AllowedHosts links) {
    return switch (value) {
      case Json.Text(String text) -> Json.of(SafeLinks.of(links, Visible.of(text)));
      case Json.Array(List<Json> items) ->
          new Json.Array(items.stream().map(item -> safe(item, links)).toList());
      case Json.Obj(Map<String, Json> members) -> {
        var all = new LinkedHashMap<>(members);
        all.replaceAll((name, member) -> safe(member, links));
        yield new Json.Obj(all);
      }
      case Json.Int number -> number;
      case Json.Real number -> number;
      case Json.Bool bool -> bool;
      case Json.Null none -> none;
    };
  }
}
