package io.kass.aws.dynamodb;

import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds a user's items by reading the whole table: an index would be late by an unknown time, and
 * an erasure must be whole. These tables forget by themselves what is old, and erasures are rare.
 */
final class UserRows {
  /** Whose item it is. */
  static final String USER = "user_id";

  private final Rows rows;
  private final Function<Row, List<Key>> belongings;

  /**
   * @param belongings the keys of what goes with an item
   */
  UserRows(Rows rows, Function<Row, List<Key>> belongings) {
    this.rows = rows;
    this.belongings = belongings;
  }

  long count(CallScope scope, UserId user) {
    long[] count = {0};
    rows.scan(scope, of(user), page -> count[0] += page.size());
    return count[0];
  }

  long delete(CallScope scope, UserId user) {
    long[] count = {0};
    rows.scan(
        scope,
        of(user),
        page -> {
          var keys = new ArrayList<Key>();
          page.forEach(row -> {
            keys.addAll(belongings.apply(row));
            keys.add(rows.shape().key(row));
          });
          rows.deleteAll(scope, keys);
          count[0] += page.size();
        });
    return count[0];
  }

  private static Expression of(UserId user) {
    return Conditions.of(
        "#user = :user",
        Map.of("#user", USER),
        Map.of(":user", AttributeValue.fromS(user.value())));
  }
}
