package io.kass.local.http;

import io.kass.ports.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON of a shape that is hoped for, and forgives all others; writes what can be sent. */
public final class Members {
  private Members() {}

  /** The value at the end of a path of names, or null. */
  public static @Nullable Json at(@Nullable Json value, String... path) {
    Json current = value;
    for (String name : path) {
      current = current instanceof Json.Obj object ? object.get(name) : null;
    }
    return current;
  }

  /** The text at the end of a path, or an empty one. */
  public static String text(@Nullable Json value, String... path) {
    return at(value, path) instanceof Json.Text text ? text.value() : "";
  }

  /** The whole number at the end of a path, or 0. */
  public static long number(@Nullable Json value, String... path) {
    return at(value, path) instanceof Json.Int number ? number.value() : 0;
  }

  /** The items of the array at the end of a path, or none. */
  public static List<Json> items(@Nullable Json value, String... path) {
    return at(value, path) instanceof Json.Array array ? array.items() : List.of();
  }

  /** A text without lone surrogates, which servers refuse: they become question marks. */
  public static Json sendable(String text) {
    return Json.of(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }
}
