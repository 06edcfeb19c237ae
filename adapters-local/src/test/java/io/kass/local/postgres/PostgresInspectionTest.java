package io.kass.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.TestScopes;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.backend.InspectionContract;
import io.kass.ports.backend.Part;
import io.kass.ports.error.KassException.Misconfigured;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LegacyPostgres.Extension.class)
class PostgresInspectionTest extends InspectionContract {
  private final Closer closer = new Closer();
  private LegacyPostgres postgres;

  @BeforeEach
  void meet(LegacyPostgres given) {
    postgres = given;
  }

  @AfterEach
  void close() {
    closer.close();
  }

  @Override
  protected Inspection inspection() {
    PostgresConfig config = postgres.config();
    return new PostgresInspection(
        config, closer.register(new PostgresDatabase(config, InstantSource.system())));
  }

  @Override
  protected List<String> parts() {
    return List.of("postgres");
  }

  @Override
  protected String secret() {
    return LegacyPostgres.PASSWORD;
  }

  @Test
  void tellsWhatTheServerHas() {
    postgres.say("talk", "ann", "user", "question", "2024-03-04 09:00:00");
    postgres.say("talk", "ann", "assistant", "answer", null);

    Part found = inspection().look(TestScopes.scope()).getFirst();

    assertThat(found.facts())
        .containsEntry("database", "chatbot")
        .containsEntry("user", "chatbot")
        .containsEntry("messages", "2")
        .containsEntry("conversations", "1")
        .containsEntry("messages without a time", "1")
        .containsEntry("zone", "UTC");
    assertThat(found.facts().get("version")).startsWith("15");
  }

  @Test
  void tellsWhatIsWrongWithTheTable() {
    postgres.run("ALTER TABLE conversations DROP COLUMN role");

    Part found = inspection().look(TestScopes.scope()).getFirst();

    assertThat(found.facts()).containsEntry("database", "chatbot").doesNotContainKey("messages");
    assertThat(found.failure()).isInstanceOf(Misconfigured.class).hasMessageContaining("'role'");
  }
}
