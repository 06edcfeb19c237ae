package io.kass.core.tool;

import io.kass.ports.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as they may be kept: their shape, numbers, truth values, and texts of which the tool's
 * schema lists every possible value. Of any other text only its length; of members that the schema
 * does not name, nothing.
 */
final class Redaction {
  private Redaction() {}

  static Json of(@Nullable Json schema, Json value) {
    return switch (value) {
      case Json.Obj(Map<String, Json> members) -> {
        var kept = new LinkedHashMap<String, Json>();
        members.forEach((name, member) -> {
          Json property = property(schema, name);
          if (property != null) {
            kept.put(name, of(property, member));
          }
        });
        yield new Json.Obj(kept);
      }
      case Json.Array(List<Json> items) ->
          new Json.Array(
              items.stream()
                  .map(item -> of(schema instanceof Json.Obj o ? o.get("items") : null, item))
                  .toList());
      case Json.Text(String text) ->
          schema instanceof Json.Obj object
                  && object.get("enum") instanceof Json.Array(List<Json> values)
                  && values.contains(value)
              ? value
              : Json.of("(" + text.length() + " characters)");
      case Json.Int number -> number;
      case Json.Real number -> number;
      case Json.Bool bool -> bool;
      case Json.Null none -> none;
    };
  }

  private static @Nullable Json property(@Nullable Json schema, String name) {
    return schema instanceof Json.Obj object
            && object.get("properties") instanceof Json.Obj properties
        ? properties.get(name)
        : null;
  }
}
