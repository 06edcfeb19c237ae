package io.kass.local.postgres;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.kass.local.sql.RowNotes;
import io.kass.ports.backend.Closer;
import io.kass.ports.backend.Inspection;
import io.kass.ports.conversation.ConversationLog;
import java.time.InstantSource;

/**
 * Binds {@link ConversationLog} to the legacy application's table, and adds an {@link Inspection}
 * of it. Asks for the {@link RowNotes} of a SQLite file beside it, an {@link InstantSource}, and a
 * {@link Closer} that will close the connections. Connects on first use. Where a SQLite module is
 * installed too, this one overrides its conversations: {@code Modules.override(new
 * SqliteModule(…)).with(new PostgresModule(…))}.
 */
public final class PostgresModule extends AbstractModule {
  private final PostgresConfig config;

  public PostgresModule(PostgresConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  PostgresDatabase database(InstantSource clock, Closer closer) {
    return closer.register(new PostgresDatabase(config, clock));
  }

  @Provides
  @Singleton
  ConversationLog conversations(PostgresDatabase database, RowNotes notes) {
    return new PostgresConversationLog(database, notes, new WallTime(config.zone()));
  }

  @ProvidesIntoSet
  Inspection inspection(PostgresDatabase database) {
    return new PostgresInspection(config, database);
  }
}
