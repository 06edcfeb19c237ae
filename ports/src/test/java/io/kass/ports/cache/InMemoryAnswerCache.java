package io.kass.ports.cache;

import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer cache that forgets when the process ends. */
public final class InMemoryAnswerCache implements AnswerCache {
  private final InstantSource clock;
  private final Map<String, CachedAnswer> answers = new HashMap<>();

  public InMemoryAnswerCache(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized @Nullable CachedAnswer get(CallScope scope, String key) {
    scope.check(clock);
    CachedAnswer answer = answers.get(key);
    return answer != null && clock.instant().isBefore(answer.expires()) ? answer : null;
  }

  @Override
  public synchronized void put(CallScope scope, CachedAnswer answer) {
    scope.check(clock);
    answers.put(answer.key(), answer);
  }

  @Override
  public synchronized long countUser(CallScope scope, UserId user) {
    scope.check(clock);
    return answers.values().stream().filter(answer -> answer.user().equals(user)).count();
  }

  @Override
  public synchronized long deleteUser(CallScope scope, UserId user) {
    scope.check(clock);
    long before = answers.size();
    answers.values().removeIf(answer -> answer.user().equals(user));
    return before - answers.size();
  }
}
