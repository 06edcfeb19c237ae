package io.kass.local.postgres;

import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.conversation.ConversationLogContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a real server, by two processes' turns. */
@ExtendWith(LegacyPostgres.Extension.class)
class PostgresConversationLogTest extends ConversationLogContract {
  private List<OpenLog> logs = List.of();
  private int turn;

  @BeforeEach
  void open(LegacyPostgres postgres, @TempDir Path directory) {
    logs =
        List.of(OpenLog.of(postgres.config(), directory), OpenLog.of(postgres.config(), directory));
  }

  @AfterEach
  void close() {
    logs.forEach(OpenLog::close);
  }

  @Override
  protected synchronized ConversationLog open() {
    turn++;
    return logs.get(turn % logs.size()).log();
  }
}
