package io.kass.local.sqlite;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.kass.local.vectors.VectorCache;
import io.kass.ports.backend.Closer;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.ToolLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteModuleTest {
  @Test
  void bindsItsPortsToOneFileAndClosesIt(@TempDir Path directory) {
    var closer = new Closer();
    Injector injector =
        Guice.createInjector(
            new SqliteModule(SqliteConfig.in(directory.resolve("data"))),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                binder().disableCircularProxies();
                bind(InstantSource.class).toInstance(InstantSource.system());
                bind(Closer.class).toInstance(closer);
              }
            });
    assertThat(injector.getInstance(ConversationLog.class))
        .isInstanceOf(SqliteConversationLog.class);
    assertThat(injector.getInstance(AnswerCache.class)).isInstanceOf(SqliteAnswerCache.class);
    assertThat(injector.getInstance(AgentStates.class)).isInstanceOf(SqliteAgentStates.class);
    assertThat(injector.getInstance(ToolLog.class)).isInstanceOf(SqliteToolLog.class);
    VectorCache vectors = injector.getInstance(VectorCache.class);
    assertThat(directory.resolve("data")).doesNotExist();
    Ledger ledger = injector.getInstance(Ledger.class);
    assertThat(ledger.compareAndSet(scope(), "key", 0, "value", null)).isEqualTo(1);
    assertThat(directory.resolve("data").resolve("vectors.db")).doesNotExist();
    vectors.put(scope(), "model", Map.of("text", Vector.of(1)));
    assertThat(directory.resolve("data").resolve("vectors.db")).exists();
    closer.close();
    assertThatThrownBy(() -> vectors.get(scope(), "model", List.of("text")))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> ledger.get(scope(), "key")).isInstanceOf(Unavailable.class);
  }
}
