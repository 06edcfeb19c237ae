package io.kass.aws.dynamodb;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.UserId;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.cache.CachedAnswer;
import io.kass.ports.error.KassException.Internal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Key;

/** Answers, an item an answer. */
final class DynamoDbAnswerCache implements AnswerCache {
  private static final String RESPONSE = "response";
  private static final String EXPIRES = "expires";

  private final DynamoDbConnection connection;
  private final Rows rows;
  private final LongTexts texts;
  private final UserRows users;

  DynamoDbAnswerCache(DynamoDbConnection connection) {
    this.connection = connection;
    rows = connection.rows(TableShape.cache(connection.config()));
    texts = new LongTexts(rows);
    users = new UserRows(rows, row -> texts.keys(row, RESPONSE));
  }

  @Override
  public @Nullable CachedAnswer get(CallScope scope, String key) {
    Row row = rows.get(scope, key(key));
    if (row == null || row.number(EXPIRES) <= Moments.micros(connection.now())) {
      return null;
    }
    String text = texts.read(scope, row, RESPONSE);
    if (text != null && Json.parse(text) instanceof Json.Obj answer) {
      return new CachedAnswer(
          key, new UserId(row.text(UserRows.USER)), answer, Moments.known(row.number(EXPIRES)));
    }
    throw new Internal("A cached answer is no JSON object.");
  }

  @Override
  public void put(CallScope scope, CachedAnswer answer) {
    scope.check(connection.aws().clock());
    long ttl = DynamoDbConnection.seconds(answer.expires());
    Row row =
        rows.shape()
            .row(Keys.of(answer.key()), "")
            .with(UserRows.USER, answer.user().value())
            .with(EXPIRES, Moments.micros(answer.expires()))
            .with(TableShape.TTL, ttl);
    row = texts.with(scope, row, RESPONSE, answer.answer().canonical(), answer.key(), ttl);
    if (rows.put(scope, row, null) instanceof Outcome.Done(Row old)) {
      var parts = new ArrayList<>(texts.keys(old, RESPONSE));
      parts.removeAll(texts.keys(row, RESPONSE));
      rows.deleteAll(scope, parts);
    }
  }

  private Key key(String name) {
    return rows.shape().key(Keys.of(name), "");
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return users.count(scope, user);
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return users.delete(scope, user);
  }
}
