package io.kass.local.sqlite;

import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.AgentStatesContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteAgentStatesTest extends AgentStatesContract {
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
  protected AgentStates open(InstantSource clock) {
    return new SqliteAgentStates(file.database(clock));
  }
}
