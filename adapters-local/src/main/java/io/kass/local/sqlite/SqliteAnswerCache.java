package io.kass.local.sqlite;

import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.cache.CachedAnswer;
import org.jspecify.annotations.Nullable;

/** Answers, a row an answer; each new one sweeps out those that expired. */
final class SqliteAnswerCache implements AnswerCache {
  private final SqliteDatabase database;

  SqliteAnswerCache(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public @Nullable CachedAnswer get(CallScope scope, String key) {
    return database.<@Nullable CachedAnswer>read(
        scope,
        session ->
            session.first(
                "SELECT key, user, answer, expires FROM answer WHERE key = ? AND expires > ?",
                row ->
                    new CachedAnswer(
                        row.getString("key"),
                        new UserId(row.getString("user")),
                        Columns.object(row.getString("answer")),
                        Columns.instant(row.getLong("expires"))),
                key,
                now()));
  }

  @Override
  public void put(CallScope scope, CachedAnswer answer) {
    database.write(
        scope,
        Durability.PROCESS,
        session -> {
          session.update("DELETE FROM answer WHERE expires <= ?", now());
          return session.update(
              "INSERT INTO answer (key, user, answer, expires) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (key) DO UPDATE SET user = excluded.user,"
                  + " answer = excluded.answer, expires = excluded.expires",
              answer.key(),
              answer.user().value(),
              answer.answer().canonical(),
              Columns.expiry(answer.expires()));
        });
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return database.countRowsOf(scope, "answer", user);
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return database.deleteRowsOf(scope, "answer", user);
  }

  private long now() {
    return Columns.micros(database.clock().instant());
  }
}
