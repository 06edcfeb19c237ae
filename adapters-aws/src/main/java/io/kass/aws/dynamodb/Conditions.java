package io.kass.aws.dynamodb;

import static io.kass.aws.dynamodb.TableShape.TTL;

import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Conditions that several tables share. */
final class Conditions {
  private Conditions() {}

  /** Holds for items that have not expired: the service deletes the others days late. */
  static Expression alive(long nowSeconds) {
    return of(
        "attribute_not_exists(#ttl) OR #ttl > :now",
        Map.of("#ttl", TTL),
        Map.of(":now", Row.number(nowSeconds)));
  }

  static Expression of(
      String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    return Expression.builder()
        .expression(expression)
        .expressionNames(names)
        .expressionValues(values)
        .build();
  }
}
