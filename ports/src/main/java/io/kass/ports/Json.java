package io.kass.ports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value of JSON's shape, free of any library: metadata of chunks, arguments of tools. Whole and
 * real numbers are told apart, since stores do so ({@code 1} and {@code 1.0} are not the same).
 */
public sealed interface Json {
  /** The null value. */
  record Null() implements Json {}

  /** A truth value. */
  record Bool(boolean value) implements Json {}

  /** A whole number of 64 bits. */
  record Int(long value) implements Json {}

  /** A real number; finite. */
  record Real(double value) implements Json {
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no " + value);
      }
    }
  }

  /** A string. */
  record Text(String value) implements Json {}

  /** An array. */
  record Array(List<Json> items) implements Json {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** An object. Its members keep their order, which does not count for equality. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member of this name, or null when there is none. */
    public @Nullable Json get(String name) {
      return members.get(name);
    }
  }

  static Json of(String value) {
    return new Text(value);
  }

  static Json of(long value) {
    return new Int(value);
  }

  static Json of(double value) {
    return new Real(value);
  }

  static Json of(boolean value) {
    return new Bool(value);
  }

  /** An array of strings. */
  static Json ofTexts(Iterable<String> values) {
    var items = new ArrayList<Json>();
    values.forEach(v -> items.add(new Text(v)));
    return new Array(items);
  }

  /**
   * Reads a JSON text (RFC 8259): what {@link #canonical()} wrote reads back as an equal value. A
   * number with a fraction or an exponent is real, any other one whole if 64 bits hold it.
   *
   * @throws IllegalArgumentException when it is none, names a member twice, has a number beyond a
   *     double's range, or is deeper than 500 levels; the message tells the offset but nothing of
   *     the text
   */
  static Json parse(String text) {
    return new JsonParser(text).parse();
  }

  /**
   * The one text of this value: members sorted by UTF-16 code units, no white space, reals as
   * {@link Double#toString}. Equal values have equal texts, so it can be hashed.
   */
  default String canonical() {
    var out = new StringBuilder();
    write(this, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case Null() -> out.append("null");
      case Bool(boolean b) -> out.append(b);
      case Int(long n) -> out.append(n);
      case Real(double d) -> out.append(d);
      case Text(String s) -> quote(s, out);
      case Array(List<Json> items) -> {
        char before = '[';
        for (Json item : items) {
          out.append(before);
          write(item, out);
          before = ',';
        }
        out.append(items.isEmpty() ? "[]" : "]");
      }
      case Obj(Map<String, Json> members) -> {
        char before = '{';
        for (Map.Entry<String, Json> member : new TreeMap<>(members).entrySet()) {
          out.append(before);
          quote(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
          before = ',';
        }
        out.append(members.isEmpty() ? "{}" : "}");
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || (Character.isSurrogate(c) && !paired(text, i))) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
