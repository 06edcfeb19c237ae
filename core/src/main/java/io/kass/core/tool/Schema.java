package io.kass.core.tool;

import io.kass.ports.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against the part of JSON Schema (2020-12) that tools use. One thing is stricter: a
 * member that a schema does not name is refused unless the schema says otherwise, since a model
 * that makes up an argument means something by it. A schema with a keyword beyond this part is no
 * schema for a tool. Thread-safe.
 */
final class Schema {
  private static final Set<String> NOTES =
      Set.of("$schema", "title", "description", "default", "examples", "format");
  private static final Set<String> CHECKED =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "const",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "minItems",
          "maxItems");

  private final Json.Obj root;

  /**
   * @throws IllegalArgumentException when the schema says something that is not checked here
   */
  Schema(Json.Obj root) {
    requireUnderstood(root);
    this.root = root;
  }

  /** What is wrong with a value, for the model that made it; null when nothing is. */
  @Nullable String problem(Json value) {
    return problem(root, value, "");
  }

  private static void requireUnderstood(Json.Obj schema) {
    for (String keyword : schema.members().keySet()) {
      if (!NOTES.contains(keyword) && !CHECKED.contains(keyword)) {
        throw new IllegalArgumentException("the schema has the unknown keyword " + keyword);
      }
    }
    if (schema.get("properties") instanceof Json.Obj properties) {
      properties.members().values().forEach(Schema::requireSchema);
    }
    Json items = schema.get("items");
    if (items != null) {
      requireSchema(items);
    }
    if (schema.get("pattern") instanceof Json.Text(String pattern)) {
      Pattern.compile(pattern);
    }
  }

  private static void requireSchema(Json schema) {
    if (!(schema instanceof Json.Obj object)) {
      throw new IllegalArgumentException("a schema is an object");
    }
    requireUnderstood(object);
  }

  private static @Nullable String problem(Json.Obj schema, Json value, String at) {
    String where = at.isEmpty() ? "the arguments" : "'" + at + "'";
    Json type = schema.get("type");
    if (type != null && !isOfType(type, value)) {
      return where + " must be of type " + type.canonical().replace("\"", "");
    }
    if (schema.get("enum") instanceof Json.Array(List<Json> values) && !values.contains(value)) {
      return where + " must be one of " + new Json.Array(values).canonical();
    }
    Json only = schema.get("const");
    if (only != null && !only.equals(value)) {
      return where + " must be " + only.canonical();
    }
    return switch (value) {
      case Json.Obj object -> inObject(schema, object, at);
      case Json.Array array -> inArray(schema, array, at, where);
      case Json.Text(String text) -> inText(schema, text, where);
      case Json.Int(long number) -> inNumber(schema, (double) number, where);
      case Json.Real(double number) -> inNumber(schema, number, where);
      case Json.Bool bool -> null;
      case Json.Null none -> null;
    };
  }

  private static @Nullable String inObject(Json.Obj schema, Json.Obj value, String at) {
    Map<String, Json> properties =
        schema.get("properties") instanceof Json.Obj(Map<String, Json> named) ? named : Map.of();
    if (schema.get("required") instanceof Json.Array(List<Json> required)) {
      for (Json name : required) {
        if (name instanceof Json.Text(String text) && value.get(text) == null) {
          return "'" + path(at, text) + "' is missing";
        }
      }
    }
    boolean open = Json.of(true).equals(schema.get("additionalProperties"));
    for (Map.Entry<String, Json> member : value.members().entrySet()) {
      Json property = properties.get(member.getKey());
      if (property == null && !open) {
        return "there is no argument '%s'; there are: %s"
            .formatted(
                shortened(path(at, member.getKey())), String.join(", ", properties.keySet()));
      }
      String problem =
          property instanceof Json.Obj object
              ? problem(object, member.getValue(), path(at, member.getKey()))
              : null;
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String inArray(
      Json.Obj schema, Json.Array value, String at, String where) {
    String size = inRange(schema, "minItems", "maxItems", value.items().size(), where + " has ");
    if (size != null) {
      return size + " items";
    }
    if (schema.get("items") instanceof Json.Obj items) {
      for (int i = 0; i < value.items().size(); i++) {
        String problem = problem(items, value.items().get(i), at + "[" + i + "]");
        if (problem != null) {
          return problem;
        }
      }
    }
    return null;
  }

  private static @Nullable String inText(Json.Obj schema, String value, String where) {
    int length = value.codePointCount(0, value.length());
    String size = inRange(schema, "minLength", "maxLength", length, where + " has ");
    if (size != null) {
      return size + " characters";
    }
    return schema.get("pattern") instanceof Json.Text(String pattern)
            && !Pattern.compile(pattern).matcher(value).find()
        ? where + " must match " + pattern
        : null;
  }

  private static @Nullable String inNumber(Json.Obj schema, double value, String where) {
    return inRange(schema, "minimum", "maximum", value, where + " is ");
  }

  private static @Nullable String inRange(
      Json.Obj schema, String least, String most, double value, String what) {
    Double from = number(schema.get(least));
    Double to = number(schema.get(most));
    if (from != null && value < from) {
      return what + plain(value) + ", at least " + plain(from);
    }
    return to != null && value > to ? what + plain(value) + ", at most " + plain(to) : null;
  }

  private static @Nullable Double number(@Nullable Json value) {
    return switch (value) {
      case Json.Int(long number) -> (double) number;
      case Json.Real(double number) -> number;
      case null, default -> null;
    };
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static boolean isOfType(Json type, Json value) {
    return switch (type) {
      case Json.Text(String name) -> isOfType(name, value);
      case Json.Array(List<Json> names) -> names.stream().anyMatch(name -> isOfType(name, value));
      case Json.Obj other -> false;
      case Json.Int other -> false;
      case Json.Real other -> false;
      case Json.Bool other -> false;
      case Json.Null other -> false;
    };
  }

  private static boolean isOfType(String name, Json value) {
    return switch (value) {
      case Json.Obj object -> name.equals("object");
      case Json.Array array -> name.equals("array");
      case Json.Text text -> name.equals("string");
      case Json.Int number -> name.equals("integer") || name.equals("number");
      case Json.Real(double number) ->
          name.equals("number") || (name.equals("integer") && number == Math.rint(number));
      case Json.Bool bool -> name.equals("boolean");
      case Json.Null none -> name.equals("null");
    };
  }

  private static String path(String at, String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  /** A name that a model made up may be of any length. */
  private static String shortened(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "…";
  }
}
