package io.kass.local.postgres;

import io.kass.local.sql.SqlSession;
import io.kass.ports.CallScope;
import io.kass.ports.backend.Inspection;
import io.kass.ports.backend.Part;
import io.kass.ports.error.KassException;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the server and the table, as far as they can be reached. */
final class PostgresInspection implements Inspection {
  private final PostgresConfig config;
  private final PostgresDatabase database;

  PostgresInspection(PostgresConfig config, PostgresDatabase database) {
    this.config = config;
    this.database = database;
  }

  @Override
  public List<Part> look(CallScope scope) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("address", config.host() + ":" + config.port());
    facts.put("database", config.database());
    facts.put("user", config.user());
    try {
      facts.putAll(database.read(scope, PostgresInspection::table));
      facts.put("zone", config.zone().equals(ZoneOffset.UTC) ? "UTC" : config.zone().getId());
      return List.of(new Part("postgres", facts, null));
    } catch (KassException e) {
      return List.of(new Part("postgres", facts, e));
    }
  }

  private static Map<String, String> table(SqlSession session) throws SQLException {
    var facts = new LinkedHashMap<String, String>();
    facts.put("version", session.list("SHOW server_version", row -> row.getString(1)).getFirst());
    facts.put("table", TableShape.TABLE);
    session.list(
        "SELECT count(*) AS messages, count(DISTINCT conversation_id) AS conversations,"
            + " count(*) FILTER (WHERE created_at IS NULL) AS untimed FROM conversations",
        row -> {
          facts.put("messages", row.getString("messages"));
          facts.put("conversations", row.getString("conversations"));
          if (row.getLong("untimed") > 0) {
            facts.put("messages without a time", row.getString("untimed"));
          }
          return true;
        });
    return facts;
  }
}
