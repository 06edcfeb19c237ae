package io.kass.local.postgres;

import io.kass.local.sql.SqlSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Whether the table is the legacy application's: what is missing or of another type is named. */
final class TableShape {
  static final String TABLE = "conversations";

  private static final String COLUMNS =
      "SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute"
          + " WHERE attrelid = to_regclass('"
          + TABLE
          + "') AND attnum > 0 AND NOT attisdropped";

  private static final Column WORDS =
      new Column(
          "character varying", type -> type.startsWith("character varying") || type.equals("text"));

  private static final Map<String, Column> EXPECTED = expected();

  private TableShape() {}

  /** What a column has to be. */
  private record Column(String type, Predicate<String> fits) {}

  private static Map<String, Column> expected() {
    var columns = new LinkedHashMap<String, Column>();
    columns.put(
        "id", new Column("integer", type -> type.equals("integer") || type.equals("bigint")));
    columns.put("conversation_id", WORDS);
    columns.put("user_id", WORDS);
    columns.put("role", WORDS);
    columns.put("content", new Column("text", WORDS.fits));
    // Of the full precision: the order of messages hangs on microseconds.
    columns.put(
        "created_at",
        new Column(
            "timestamp without time zone",
            type -> type.matches("timestamp(\\(6\\))? without time zone")));
    return columns;
  }

  /**
   * Looks at the table.
   *
   * @throws io.kass.ports.error.KassException.Misconfigured when it is not the one
   */
  static void check(SqlSession session, PostgresErrors errors) throws SQLException {
    var types = new LinkedHashMap<String, String>();
    session.list(COLUMNS, row -> types.put(row.getString("attname"), row.getString("type")));
    if (types.isEmpty()) {
      throw errors.noTable();
    }
    List<String> faults = new ArrayList<>();
    EXPECTED.forEach((name, column) -> {
      String type = types.get(name);
      if (type == null) {
        faults.add("the column '%s' (%s) is missing".formatted(name, column.type));
      } else if (!column.fits.test(type)) {
        faults.add("the column '%s' is %s, not %s".formatted(name, type, column.type));
      }
    });
    if (!faults.isEmpty()) {
      throw errors.otherTable(faults);
    }
  }
}
