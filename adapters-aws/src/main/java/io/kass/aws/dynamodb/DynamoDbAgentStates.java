package io.kass.aws.dynamodb;

import io.kass.ports.CallScope;
import io.kass.ports.Json;
import io.kass.ports.UserId;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.tool.AgentState;
import io.kass.ports.tool.AgentStates;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;

/** States of agents, an item a run. */
final class DynamoDbAgentStates implements AgentStates {
  private static final String STATE = "state";
  private static final String REVISION = "revision";
  private static final String EXPIRES = "expires";
  private static final String MARK = "mark";

  private final DynamoDbConnection connection;
  private final Rows rows;
  private final LongTexts texts;
  private final UserRows users;

  DynamoDbAgentStates(DynamoDbConnection connection) {
    this.connection = connection;
    rows = connection.rows(TableShape.agentState(connection.config()));
    texts = new LongTexts(rows);
    users = new UserRows(rows, row -> texts.keys(row, STATE));
  }

  @Override
  public @Nullable AgentState get(CallScope scope, String agent, String execution) {
    Row row = rows.get(scope, key(agent, execution));
    if (row == null || row.number(EXPIRES) <= Moments.micros(connection.now())) {
      return null;
    }
    String text = texts.read(scope, row, STATE);
    if (text != null && Json.parse(text) instanceof Json.Obj state) {
      return new AgentState(
          agent,
          execution,
          new UserId(row.text(UserRows.USER)),
          state,
          row.number(REVISION),
          Moments.known(row.number(EXPIRES)));
    }
    throw new Internal("An agent's state is no JSON object.");
  }

  @Override
  public boolean compareAndSet(CallScope scope, AgentState state) {
    scope.check(connection.aws().clock());
    String mark = connection.aws().mark();
    long ttl = DynamoDbConnection.seconds(state.expires());
    Row row =
        rows.shape()
            .row(Keys.of(state.agent()), Keys.of(state.execution()))
            .with(UserRows.USER, state.user().value())
            .with(REVISION, state.revision())
            .with(EXPIRES, Moments.micros(state.expires()))
            .with(TableShape.TTL, ttl)
            .with(MARK, mark);
    row = texts.with(scope, row, STATE, state.state().canonical(), mark, ttl);
    return switch (rows.put(scope, row, isBefore(state.revision()))) {
      case Outcome.Done(Row old) -> {
        rows.deleteAll(scope, texts.keys(old, STATE));
        yield true;
      }
      case Outcome.Refused(Row stored)
          when stored != null && mark.equals(stored.textOrNull(MARK)) ->
          true;
      case Outcome.Refused(Row stored) -> {
        rows.deleteAll(scope, texts.keys(row, STATE));
        yield false;
      }
    };
  }

  /** The state of the revision before is there; for the first one, none that has not expired. */
  private Expression isBefore(long revision) {
    return revision == 1
        ? Conditions.of(
            "attribute_not_exists(#expires) OR #expires <= :now",
            Map.of("#expires", EXPIRES),
            Map.of(":now", Row.number(Moments.micros(connection.now()))))
        : Conditions.of(
            "#revision = :before AND #expires > :now",
            Map.of("#revision", REVISION, "#expires", EXPIRES),
            Map.of(
                ":before", Row.number(revision - 1),
                ":now", Row.number(Moments.micros(connection.now()))));
  }

  @Override
  public boolean delete(CallScope scope, String agent, String execution) {
    Expression alive =
        Conditions.of(
            "#expires > :now",
            Map.of("#expires", EXPIRES),
            Map.of(":now", Row.number(Moments.micros(connection.now()))));
    Outcome outcome = rows.delete(scope, key(agent, execution), alive);
    if (!(outcome instanceof Outcome.Done(Row old))) {
      return false;
    }
    rows.deleteAll(scope, new ArrayList<>(texts.keys(old, STATE)));
    return true;
  }

  private Key key(String agent, String execution) {
    return rows.shape().key(Keys.of(agent), Keys.of(execution));
  }

  @Override
  public long countUser(CallScope scope, UserId user) {
    return users.count(scope, user);
  }

  @Override
  public long deleteUser(CallScope scope, UserId user) {
    return users.delete(scope, user);
  }
}
