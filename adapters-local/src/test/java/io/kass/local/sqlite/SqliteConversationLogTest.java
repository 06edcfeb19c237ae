package io.kass.local.sqlite;

import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.ConversationLogContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteConversationLogTest extends ConversationLogContract {
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
  protected ConversationLog open() {
    return new SqliteConversationLog(file.database(InstantSource.system()));
  }
}
