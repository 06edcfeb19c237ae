package io.kass.local.sqlite;

import io.kass.ports.cache.AnswerCache;
import io.kass.ports.cache.AnswerCacheContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteAnswerCacheTest extends AnswerCacheContract {
  private SharedFile file;

  @BeforeEach
  void open(@TempDir Path directory) {
    file = new SharedFile(directory);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Override
  protected AnswerCache open(InstantSource clock) {
    return new SqliteAnswerCache(file.database(clock));
  }
}
