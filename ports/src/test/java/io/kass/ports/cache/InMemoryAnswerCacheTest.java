package io.kass.ports.cache;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

class InMemoryAnswerCacheTest extends AnswerCacheContract {
  private @Nullable InMemoryAnswerCache cache;

  @Override
  protected AnswerCache open(InstantSource clock) {
    if (cache == null) {
      cache = new InMemoryAnswerCache(clock);
    }
    return cache;
  }
}
