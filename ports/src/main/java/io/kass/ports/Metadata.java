package io.kass.ports;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a chunk or a message beside its text. A null value is kept and differs from a
 * missing one. Stores that hold only flat values encode nested ones reversibly.
 *
 * @param values by name, sorted
 */
public record Metadata(NavigableMap<String, Json> values) {
  /** No metadata. */
  public static final Metadata EMPTY = new Metadata(new TreeMap<>());

  public Metadata {
    values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
  }

  public static Metadata of(Map<String, Json> values) {
    return new Metadata(new TreeMap<>(values));
  }

  /** The value of this name, or null when there is none. */
  public @Nullable Json get(String name) {
    return values.get(name);
  }

  /** These values and one more. */
  public Metadata with(String name, Json value) {
    var more = new TreeMap<>(values);
    more.put(name, value);
    return new Metadata(more);
  }

  /** The one text of these values; see {@link Json#canonical()}. */
  public String canonical() {
    return new Json.Obj(values).canonical();
  }
}
