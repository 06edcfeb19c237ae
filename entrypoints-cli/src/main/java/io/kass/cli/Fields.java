package io.kass.cli;

import io.kass.ports.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds an object of JSON, members in the order they are put. */
final class Fields {
  private final Map<String, Json> members = new LinkedHashMap<>();

  Fields put(String name, Json value) {
    members.put(name, value);
    return this;
  }

  Fields put(String name, @Nullable String value) {
    return put(name, value == null ? new Json.Null() : Json.of(value));
  }

  Fields put(String name, long value) {
    return put(name, Json.of(value));
  }

  Fields put(String name, double value) {
    return put(name, Json.of(value));
  }

  Fields put(String name, boolean value) {
    return put(name, Json.of(value));
  }

  <T> Fields put(String name, List<T> values, Function<T, ? extends Json> json) {
    return put(name, new Json.Array(values.stream().<Json>map(json).toList()));
  }

  Json.Obj json() {
    return new Json.Obj(members);
  }
}
