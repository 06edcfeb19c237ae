package io.kass.local.sqlite;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.kass.local.sql.RowNotes;
import io.kass.local.vectors.VectorCache;
import io.kass.ports.backend.Closer;
import io.kass.ports.cache.AnswerCache;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.ToolLog;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Binds {@link ConversationLog}, {@link Ledger}, {@link AnswerCache}, {@link AgentStates}, {@link
 * ToolLog} and, for conversations in another database, {@link RowNotes} to one SQLite file; and
 * {@link VectorCache} to another one beside it, which may be deleted at any time. Asks for an
 * {@link InstantSource}, and a {@link Closer} that will close the files. Nothing is made or opened
 * before the first use.
 */
public final class SqliteModule extends AbstractModule {
  private final SqliteConfig config;

  public SqliteModule(SqliteConfig config) {
    this.config = config;
  }

  /**
   * Loads the driver, which takes a cold process a tenth of a second: to be called on a thread of
   * its own while something else is loaded, by those who are in a hurry. Opens and makes nothing
   * but the unpacked library.
   *
   * @param nativeDirectory the one of {@link SqliteConfig}
   */
  public static void warmUp(Path nativeDirectory) {
    SqliteDriver.warmUp(nativeDirectory);
  }

  @Provides
  @Singleton
  SqliteDatabase database(InstantSource clock, Closer closer) {
    return closer.register(new SqliteDatabase(config, clock));
  }

  @Provides
  @Singleton
  ConversationLog conversations(SqliteDatabase database) {
    return new SqliteConversationLog(database);
  }

  @Provides
  @Singleton
  RowNotes rowNotes(SqliteDatabase database) {
    return new SqliteRowNotes(database);
  }

  @Provides
  @Singleton
  VectorCache vectors(InstantSource clock, Closer closer) {
    var file =
        new SqliteConfig(
            config.file().resolveSibling("vectors.db"),
            config.nativeDirectory(),
            config.busyTimeout(),
            config.connections());
    return new SqliteVectorCache(
        closer.register(new SqliteDatabase(file, SqliteSchema.VECTORS, clock)),
        SqliteVectorCache.PLACES);
  }

  @Provides
  @Singleton
  Ledger ledger(SqliteDatabase database) {
    return new SqliteLedger(database);
  }

  @Provides
  @Singleton
  AnswerCache answers(SqliteDatabase database) {
    return new SqliteAnswerCache(database);
  }

  @Provides
  @Singleton
  AgentStates agentStates(SqliteDatabase database) {
    return new SqliteAgentStates(database);
  }

  @Provides
  @Singleton
  ToolLog toolLog(SqliteDatabase database) {
    return new SqliteToolLog(database);
  }
}
