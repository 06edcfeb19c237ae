package io.kass.cli.terminal;

import io.kass.ports.Json;
import java.util.List;
import java.util.Map;

/**
 * JSON as text on one line, members in the order they were given. Characters that could act on a
 * terminal, or be lost on the way, are written as escapes, so the text can be printed anywhere and
 * read back without a loss.
 */
public final class JsonText {
  private JsonText() {}

  public static String of(Json value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Null() -> out.append("null");
      case Json.Bool(boolean b) -> out.append(b);
      case Json.Int(long n) -> out.append(n);
      case Json.Real(double d) -> out.append(d);
      case Json.Text(String s) -> quote(s, out);
      case Json.Array(List<Json> items) -> {
        String before = "[";
        for (Json item : items) {
          out.append(before);
          write(item, out);
          before = ", ";
        }
        out.append(items.isEmpty() ? "[]" : "]");
      }
      case Json.Obj(Map<String, Json> members) -> {
        String before = "{";
        for (Map.Entry<String, Json> member : members.entrySet()) {
          out.append(before);
          quote(member.getKey(), out);
          out.append(": ");
          write(member.getValue(), out);
          before = ", ";
        }
        out.append(members.isEmpty() ? "{}" : "}");
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (Character.isBmpCodePoint(c) && mustEscape(c)) {
            out.append("\\u%04x".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean mustEscape(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
