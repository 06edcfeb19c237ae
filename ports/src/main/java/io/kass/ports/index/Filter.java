package io.kass.ports.index;

import io.kass.ports.Json;
import io.kass.ports.error.KassException.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a chunk. Fields are names of its metadata, or {@link #DOCUMENT} for the document's
 * id. A chunk without the field meets no condition on it, and neither does one where it is null or
 * an object; an array meets a condition when one of its items does (only its own items: arrays
 * within arrays do not count). Values of different kinds are never equal, except that {@link
 * Json.Int} and {@link Json.Real} compare as numbers, exactly. Texts compare by UTF-8 bytes.
 */
public sealed interface Filter {
  /** The field that stands for the id of the chunk's document. */
  String DOCUMENT = "document";

  /** The longest text that a condition may compare with, in bytes of UTF-8. */
  int MAX_TEXT_BYTES = 8_192;

  /** Everything. */
  record All() implements Filter {}

  /** The field has this value; not an array, object or null. */
  record Equals(String field, Json value) implements Filter {
    public Equals {
      requireScalar(value);
    }
  }

  /** The field has one of these values; none of them an array, object or null. */
  record In(String field, List<Json> values) implements Filter {
    public In {
      values = List.copyOf(values);
      values.forEach(Filter::requireScalar);
    }
  }

  /**
   * The field lies in a range of numbers or of texts.
   *
   * @param from the least value that belongs to it, or null for no bound
   * @param to the first value that no longer does, or null for no bound
   */
  record Range(String field, @Nullable Json from, @Nullable Json to) implements Filter {
    public Range {
      if (from == null && to == null) {
        throw new IllegalArgumentException("a range needs a bound");
      }
      for (Json bound : new @Nullable Json[] {from, to}) {
        if (bound != null && !(bound instanceof Json.Text) && !isNumber(bound)) {
          throw new IllegalArgumentException("a bound is a number or a text");
        }
        requireShort(bound);
      }
      if (from != null && to != null && isNumber(from) != isNumber(to)) {
        throw new IllegalArgumentException("both bounds are numbers, or both are texts");
      }
    }
  }

  /** All of these hold; none means everything. */
  record And(List<Filter> filters) implements Filter {
    public And {
      filters = List.copyOf(filters);
    }
  }

  /** At least one of these holds; none means nothing. */
  record Or(List<Filter> filters) implements Filter {
    public Or {
      filters = List.copyOf(filters);
    }
  }

  /** This does not hold. */
  record Not(Filter filter) implements Filter {}

  /** The filter that everything passes. */
  static Filter all() {
    return new All();
  }

  /** Documents whose ids begin with this text. */
  static Filter documentsUnder(String prefix) {
    return prefix.isEmpty()
        ? all()
        : new Range(
            DOCUMENT,
            Json.of(prefix),
            Json.of(prefix + Character.toString(Character.MAX_CODE_POINT)));
  }

  private static boolean isNumber(Json value) {
    return value instanceof Json.Int || value instanceof Json.Real;
  }

  private static void requireScalar(Json value) {
    if (value instanceof Json.Null || value instanceof Json.Array || value instanceof Json.Obj) {
      throw new IllegalArgumentException("a filter compares texts, numbers and truth values");
    }
    requireShort(value);
  }

  private static void requireShort(@Nullable Json value) {
    if (value instanceof Json.Text(String text)
        && text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
      throw new InvalidRequest(
          "A filter compares with texts of at most " + MAX_TEXT_BYTES + " bytes.");
    }
  }
}
