package io.kass.local.sqlite;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One database file that is opened twice, as two processes would, by turns. */
final class SharedFile implements AutoCloseable {
  private final SqliteConfig config;
  private final List<SqliteDatabase> open = new ArrayList<>();
  private int turn;

  SharedFile(Path directory) {
    config = SqliteConfig.in(directory);
  }

  SqliteConfig config() {
    return config;
  }

  synchronized SqliteDatabase database(InstantSource clock) {
    if (open.size() < 2) {
      open.add(new SqliteDatabase(config, clock));
    }
    turn++;
    return open.get(turn % open.size());
  }

  @Override
  public synchronized void close() {
    open.forEach(SqliteDatabase::close);
  }
}
