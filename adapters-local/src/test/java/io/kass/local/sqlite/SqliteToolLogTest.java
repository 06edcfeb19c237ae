package io.kass.local.sqlite;

import io.kass.ports.tool.ToolLog;
import io.kass.ports.tool.ToolLogContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteToolLogTest extends ToolLogContract {
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
  protected ToolLog open() {
    return new SqliteToolLog(file.database(InstantSource.system()));
  }
}
