package io.kass.local.postgres;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.util.Modules;
import io.kass.local.sql.RowNotes;
import io.kass.local.sqlite.SqliteConfig;
import io.kass.local.sqlite.SqliteModule;
import io.kass.ports.backend.Closer;
import io.kass.ports.conversation.ConversationLog;
import java.nio.file.Path;
import java.time.InstantSource;

/** A log as a process has it, with its notes beside it. */
record OpenLog(ConversationLog log, RowNotes notes, Closer closer) implements AutoCloseable {
  static OpenLog of(PostgresConfig config, Path directory) {
    var closer = new Closer();
    var injector =
        Guice.createInjector(
            Modules.override(new SqliteModule(SqliteConfig.in(directory)))
                .with(new PostgresModule(config)),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                binder().disableCircularProxies();
                bind(InstantSource.class).toInstance(InstantSource.system());
                bind(Closer.class).toInstance(closer);
              }
            });
    return new OpenLog(
        injector.getInstance(ConversationLog.class), injector.getInstance(RowNotes.class), closer);
  }

  /** The same log over other notes. */
  static ConversationLog over(PostgresConfig config, RowNotes notes, Closer closer) {
    return new PostgresConversationLog(
        closer.register(new PostgresDatabase(config, InstantSource.system())),
        notes,
        new WallTime(config.zone()));
  }

  @Override
  public void close() {
    closer.close();
  }
}
