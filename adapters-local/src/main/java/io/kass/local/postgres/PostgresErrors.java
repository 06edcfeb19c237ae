package io.kass.local.postgres;

import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the server's and the driver's failures mean to whoever has to act. */
final class PostgresErrors {
  private final PostgresConfig config;

  PostgresErrors(PostgresConfig config) {
    this.config = config;
  }

  /** Whether the connection is gone, which another one may not be. */
  static boolean isBroken(SQLException e) {
    String state = state(e);
    return state.equals("08006")
        || state.equals("08003")
        || state.equals("57P01")
        || state.equals("57P02");
  }

  KassException translate(SQLException e) {
    // The names are those of the manual's appendix "PostgreSQL Error Codes".
    String state = state(e);
    return switch (state) {
      case "28P01", "28000" -> // invalid_password, invalid_authorization_specification
          new Misconfigured(
              config.shown()
                  + " refuses the user '"
                  + config.user()
                  + "'. Check POSTGRES_USER and POSTGRES_PASSWORD"
                  + said(e),
              e);
      case "3D000" -> // invalid_catalog_name
          new Misconfigured(config.shown() + " does not exist. Check POSTGRES_DB.", e);
      case "42P01" -> noTable();
      case "42703" -> // undefined_column
          new Misconfigured(config.shown() + " was changed while it was used" + said(e), e);
      case "42501" -> // insufficient_privilege
          new Misconfigured(
              config.shown() + " does not let the user '" + config.user() + "' do this" + said(e),
              e);
      case "25006" -> // read_only_sql_transaction
          new Misconfigured(
              config.shown() + " can only be read: it is a standby, or set so" + said(e), e);
      case "53300" -> // too_many_connections
          new Unavailable(
              config.shown() + " has no connection left. Try again, or allow it more.", e);
      case "53100" -> new Unavailable(config.shown() + " has no space left on its disk.", e);
      case "57014" -> // query_canceled
          new Unavailable(
              config.shown() + " did not answer in the time allowed for this request.", e);
      case "22001" -> new InvalidRequest("A text is too long for its column" + said(e), e);
      case "22P05", "22021" -> // untranslatable_character, character_not_in_repertoire
          new InvalidRequest(config.shown() + " cannot keep a character of this text" + said(e), e);
      default -> otherwise(state, e);
    };
  }

  private KassException otherwise(String state, SQLException e) {
    if (state.startsWith("08") || state.startsWith("57P")) {
      return unreachable(e);
    }
    if (state.startsWith("40") || state.startsWith("53") || state.startsWith("55")) {
      return new Unavailable(config.shown() + " could not do this now" + said(e), e);
    }
    if (state.startsWith("23")) {
      return new Rejected(config.shown() + " does not take this row" + said(e), e);
    }
    if (state.isEmpty()) { // the pool's own: no connection was to be had
      return new Unavailable(config.shown() + " gave no connection in time.", e);
    }
    return new Internal(config.shown() + " failed (" + state + ")" + said(e), e);
  }

  private KassException unreachable(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new Misconfigured(
            config.shown() + " cannot be reached: there is no such host. Check POSTGRES_HOST.", e);
      }
    }
    return new Unavailable(
        config.shown()
            + " cannot be reached. Is the server running, and are POSTGRES_HOST and POSTGRES_PORT"
            + " right?",
        e);
  }

  KassException noTable() {
    return new Misconfigured(
        config.shown()
            + " has no table '"
            + TableShape.TABLE
            + "'. Is it the legacy application's? Check POSTGRES_DB.");
  }

  KassException otherTable(List<String> faults) {
    return new Misconfigured(
        config.shown()
            + " has a table '"
            + TableShape.TABLE
            + "' that is not as the legacy application makes it: "
            + String.join("; ", faults)
            + ". Nothing was read or written.");
  }

  /**
   * A row that no message can be made of.
   *
   * @param problem what is wrong, after "the column … "
   */
  KassException row(long id, String column, String problem) {
    return new Rejected(
        "%s: in row %d of '%s', the column '%s' %s. Correct that row, or delete it."
            .formatted(config.shown(), id, TableShape.TABLE, column, problem));
  }

  /** What the server said, in one line; it never holds the password. */
  private static String said(SQLException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    return message.isBlank() ? "." : ": " + message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /** The code of the server's or the driver's, which the pool's own failures hold inside. */
  private static String state(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      @Nullable String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
      if (state != null && !state.isEmpty()) {
        return state;
      }
    }
    return "";
  }
}
