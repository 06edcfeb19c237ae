package io.kass.local.sqlite;

import io.kass.local.sqlite.Session.Durability;
import io.kass.ports.CallScope;
import io.kass.ports.UserId;
import io.kass.ports.tool.AgentState;
import io.kass.ports.tool.AgentStates;
import org.jspecify.annotations.Nullable;

/** Agent states, a row a run; each change sweeps out those that expired. */
final class SqliteAgentStates implements AgentStates {
  private final SqliteDatabase database;

  SqliteAgentStates(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public @Nullable AgentState get(CallScope scope, String agent, String execution) {
    return database.<@Nullable AgentState>read(
        scope,
        session ->
            session.first(
                "SELECT agent, execution, user, state, revision, expires FROM agent_state"
                    + " WHERE agent = ? AND execution = ? AND expires > ?",
                row ->
                    new AgentState(
                        row.getString("agent"),
                        row.getString("execution"),
                        new UserId(row.getString("user")),
                        Columns.object(row.getString("state")),
                        row.getLong("revision"),
                        Columns.instant(row.getLong("expires"))),
                agent,
                execution,
                now()));
  }

  @Override
  public boolean compareAndSet(CallScope scope, AgentState state) {
    return database.write(
        scope,
        Durability.POWER,
        session -> {
          session.update("DELETE FROM agent_state WHERE expires <= ?", now());
          Long stored =
              session.first(
                  "SELECT revision FROM agent_state WHERE agent = ? AND execution = ?",
                  row -> row.getLong(1),
                  state.agent(),
                  state.execution());
          if (state.revision() != (stored == null ? 1 : stored + 1)) {
            return false;
          }
          session.update(
              "INSERT INTO agent_state (agent, execution, user, state, revision, expires)"
                  + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (agent, execution) DO UPDATE SET"
                  + " user = excluded.user, state = excluded.state,"
                  + " revision = excluded.revision, expires = excluded.expires",
              state.agent(),
              state.execution(),
              state.user().value(),
              state.state().canonical(),
              state.revision(),
              Columns.expiry(state.expires()));
          return true;
        });
  }

  @Override
  public boolean delete(CallScope scope, String agent, String execution) {
    return database.write(
            scope,
            Durability.POWER,
            session -> {
              session.update("DELETE FROM agent_state WHERE expires <= ?", now());
              return session.update(
                  "DELETE FROM agent_state WHERE agent = ? AND execution = ?", agent, execution);
            })
        > 0;
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return database.countRowsOf(scope, "agent_state", user);
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return database.deleteRowsOf(scope, "agent_state", user);
  }

  private long now() {
    return Columns.micros(database.clock().instant());
  }
}
