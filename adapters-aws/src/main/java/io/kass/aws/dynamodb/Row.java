package io.kass.aws.dynamodb;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of a table.
 *
 * @param values by attribute
 */
record Row(Map<String, AttributeValue> values) {
  static final Row EMPTY = new Row(Map.of());

  Row {
    values = Collections.unmodifiableMap(values);
  }

  Row with(String name, String text) {
    return with(name, AttributeValue.fromS(text));
  }

  Row with(String name, long number) {
    return with(name, number(number));
  }

  Row with(String name, boolean truth) {
    return with(name, AttributeValue.fromBool(truth));
  }

  private Row with(String name, AttributeValue value) {
    var more = new HashMap<>(values);
    more.put(name, value);
    return new Row(more);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A text that is there. */
  String text(String name) {
    return value(name).s();
  }

  /** A text, or null where there is none. */
  @Nullable String textOrNull(String name) {
    AttributeValue value = values.get(name);
    return value == null ? null : value.s();
  }

  /** A number that is there. */
  long number(String name) {
    return Long.parseLong(value(name).n());
  }

  /** A number, or another where there is none. */
  long numberOr(String name, long other) {
    AttributeValue value = values.get(name);
    return value == null ? other : Long.parseLong(value.n());
  }

  boolean truth(String name) {
    return value(name).bool();
  }

  private AttributeValue value(String name) {
    AttributeValue value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("an item without '" + name + "': " + values.keySet());
    }
    return value;
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
