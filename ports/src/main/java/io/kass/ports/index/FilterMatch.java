package io.kass.ports.index;

import io.kass.ports.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link Filter} means, in the plainest way: one chunk, one condition. */
public final class FilterMatch {
  private FilterMatch() {}

  /** Whether the chunk meets the condition. */
  public static boolean test(Filter filter, Chunk chunk) {
    return switch (filter) {
      case Filter.All() -> true;
      case Filter.Equals(String field, Json value) -> any(chunk, field, v -> same(v, value));
      case Filter.In(String field, List<Json> values) ->
          any(chunk, field, v -> values.stream().anyMatch(wanted -> same(v, wanted)));
      case Filter.Range(String field, @Nullable Json from, @Nullable Json to) ->
          any(chunk, field, v -> atLeast(v, from) && before(v, to));
      case Filter.And(List<Filter> filters) -> filters.stream().allMatch(f -> test(f, chunk));
      case Filter.Or(List<Filter> filters) -> filters.stream().anyMatch(f -> test(f, chunk));
      case Filter.Not(Filter negated) -> !test(negated, chunk);
    };
  }

  private static boolean any(Chunk chunk, String field, Predicate<Json> condition) {
    if (field.equals(Filter.DOCUMENT)) {
      return condition.test(Json.of(chunk.document().value()));
    }
    Json value = chunk.metadata().get(field);
    if (value instanceof Json.Array(List<Json> items)) {
      return items.stream().anyMatch(condition);
    }
    return value != null && condition.test(value);
  }

  private static boolean same(Json value, Json wanted) {
    if (value instanceof Json.Bool && wanted instanceof Json.Bool) {
      return value.equals(wanted);
    }
    return comparable(value, wanted) && compare(value, wanted) == 0;
  }

  private static boolean atLeast(Json value, @Nullable Json from) {
    return from == null || (comparable(value, from) && compare(value, from) >= 0);
  }

  private static boolean before(Json value, @Nullable Json to) {
    return to == null || (comparable(value, to) && compare(value, to) < 0);
  }

  private static boolean comparable(Json a, Json b) {
    return a instanceof Json.Text ? b instanceof Json.Text : isNumber(a) && isNumber(b);
  }

  private static boolean isNumber(Json value) {
    return value instanceof Json.Int || value instanceof Json.Real;
  }

  private static int compare(Json a, Json b) {
    if (a instanceof Json.Text(String left) && b instanceof Json.Text(String right)) {
      return Arrays.compareUnsigned(
          left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
    return number(a).compareTo(number(b));
  }

  private static BigDecimal number(Json value) {
    if (value instanceof Json.Int(long n)) {
      return BigDecimal.valueOf(n);
    }
    if (value instanceof Json.Real(double d)) {
      return new BigDecimal(d);
    }
    throw new IllegalArgumentException("not a number: " + value.canonical());
  }
}
